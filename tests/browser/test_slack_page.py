"""What somebody without a Slack account sees and does on the workspace's page."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

BOTH_AT_ACME = "#left=T0ACME/U0RAE/C0ACME&right=T0ACME/U0UMA/C0ACME"


def plain(text):
    return {"type": "plain_text", "text": text}


def mrkdwn(text):
    return {"type": "mrkdwn", "text": text}


def section(text, **more):
    return {"type": "section", "text": mrkdwn(text), **more}


def entry(block_id, label, element, **more):
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": block_id, **element},
        **more,
    }


OPTIONS = [{"text": plain("Northwind"), "value": "nw"}, {"text": plain("Contoso"), "value": "ct"}]
FORM = {
    "type": "modal",
    "callback_id": "form",
    "notify_on_close": True,
    "title": plain("Upload devices"),
    "submit": plain("Upload"),
    "blocks": [
        {"type": "alert", "level": "warning", "text": mrkdwn("*Careful*")},
        entry("customer", "Customer", {"type": "external_select", "min_query_length": 0}),
        entry("file", "CSV file", {"type": "file_input", "max_files": 1}),
        entry("order", "Order number", {"type": "plain_text_input"}),
        entry("stc", "Sold-to code", {"type": "static_select", "options": OPTIONS}, optional=True),
        entry("date", "Order date", {"type": "datepicker"}, optional=True),
        entry("how", "How", {"type": "checkboxes", "options": OPTIONS}, optional=True),
        entry("which", "Which", {"type": "radio_buttons", "options": OPTIONS}, optional=True),
        entry("tell", "Tell", {"type": "multi_users_select"}, optional=True),
        {"type": "actions", "elements": [{"type": "button", "action_id": "push", "text": plain("More")}]},
    ],
}
CARD = {
    "response_type": "in_channel",
    "text": "43 devices wait",
    "blocks": [
        {"type": "header", "text": plain("43 devices wait")},
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "text": plain("Accept all"),
                    "action_id": "accept",
                    "style": "primary",
                    "confirm": {
                        "title": plain("Accept 43 devices?"),
                        "text": plain("All."),
                        "confirm": plain("Accept"),
                    },
                }
            ],
        },
    ],
}


LIST = {
    "type": "data_table",
    "caption": "Devices",
    "page_size": 2,
    "rows": [[{"type": "raw_text", "text": "Age"}], *([{"type": "raw_number", "value": age}] for age in (9, 30, 4))],
}
MENU = section("More", accessory={"type": "overflow", "action_id": "more", "options": OPTIONS})


@pytest.fixture(autouse=True, scope="module")
def listeners(slack):
    """Give the bot something to say."""
    listen_in_messages(slack[1].app)
    listen_in_views(slack[1].app)


def listen_in_messages(app):
    @app.command("/rollcall")
    def rollcall(ack, body, client):
        word = body["text"].split(" ")[0]
        if word == "card":
            return ack(CARD)
        if word == "form":
            client.views_open(trigger_id=body["trigger_id"], view=FORM)
            return ack()
        if word == "list":
            return ack({"text": "list", "blocks": [LIST, MENU]})
        if word == "echo":
            return ack({"text": "echo", "blocks": [section(body["text"])]})
        return ack(f"You said *{word}*")

    @app.action("accept")
    def accept(ack, respond, body):
        ack()
        respond(text=f"Accepted by <@{body['user']['id']}>", replace_original=True)

    @app.event("message")
    def message(event, client):
        if event.get("subtype") == "file_share":
            name = event["files"][0]["name"]
            client.chat_postMessage(channel=event["channel"], text=f"Reading {name}", thread_ts=event["ts"])


def listen_in_views(app):
    @app.action("push")
    def push(ack, body, client):
        ack()
        view = {"type": "modal", "title": plain("On top"), "blocks": [section("Second")]}
        client.views_push(trigger_id=body["trigger_id"], view=view)

    @app.options("customer")
    def customers(ack, payload):
        ack(options=[option for option in OPTIONS if payload["value"].lower() in option["text"]["text"].lower()])

    @app.view("form")
    def form(ack, view):
        order = view["state"]["values"]["order"]["order"]["value"]
        if not order.startswith("PO"):
            return ack(response_action="errors", errors={"order": "Orders begin with PO."})
        done = {"type": "modal", "title": plain("Done"), "blocks": [section(f"Order {order} is taken")]}
        return ack(response_action="update", view=done)

    app.view_closed("form")(lambda ack: ack())

    @app.action("more")
    def more(ack, respond, payload):
        ack()
        respond(f"Chose {payload['selected_option']['value']}")

    @app.event("app_home_opened")
    def home(event, client):
        if event["tab"] == "home":
            view = {"type": "home", "blocks": [{"type": "header", "text": plain("Good morning")}, *CARD["blocks"][1:]]}
            client.views_publish(user_id=event["user"], view=view)


def column(page, side):
    return page.locator(f"[data-column={side}]")


def say(side, text):
    side.locator(".composer textarea").fill(text)
    side.locator(".composer textarea").press("Enter")


def test_a_command_is_answered_to_its_typist_only(visit):
    page = visit(BOTH_AT_ACME)
    left, right = column(page, "left"), column(page, "right")
    say(left, "/rollcall hello")
    left.get_by_text("You said hello").wait_for()

    assert left.get_by_text("Only visible to you").count() == 1
    assert right.get_by_text("You said hello").count() == 0


def test_a_button_asks_first_and_both_see_what_became_of_it(visit):
    page = visit(BOTH_AT_ACME)
    left, right = column(page, "left"), column(page, "right")
    say(left, "/rollcall card")
    right.get_by_role("button", name="Accept all").click()
    dialog = right.get_by_role("alertdialog", name="Accept 43 devices?")
    dialog.get_by_role("button", name="Cancel").click()
    assert right.get_by_role("button", name="Accept all").is_visible()

    right.get_by_role("button", name="Accept all").click()
    dialog.get_by_role("button", name="Accept", exact=True).click()
    left.get_by_text("Accepted by @Uma").wait_for()
    assert left.get_by_role("button", name="Accept all").count() == 0


def test_a_modal_is_filled_in_refused_mended_and_taken(visit, bot, tmp_path):
    csv = tmp_path / "phones.csv"
    csv.write_text("imei\n")
    page = visit()
    left = column(page, "left")
    say(left, "/rollcall form")
    modal = left.get_by_role("dialog", name="Upload devices")
    modal.get_by_role("button", name="Upload", exact=True).click()
    modal.get_by_text("Please complete this required field.").first.wait_for()
    assert modal.locator(".wrong").count() == 3

    modal.get_by_role("combobox", name="Customer").fill("nor")
    modal.locator(".options").get_by_text("Northwind").click()
    modal.locator("input[type=file]").set_input_files(csv)
    modal.get_by_role("button", name="Remove phones.csv").wait_for()
    modal.get_by_role("textbox", name="Order number").fill("118")
    modal.get_by_label("Sold-to code").select_option("Contoso")
    modal.get_by_label("Order date").fill("2026-11-20")
    modal.get_by_role("checkbox", name="Northwind").check()
    modal.get_by_role("radio", name="Contoso").check()
    modal.locator("summary").click()
    modal.get_by_role("checkbox", name="Uma").check()
    modal.get_by_role("button", name="Upload", exact=True).click()
    modal.get_by_text("Orders begin with PO.").wait_for()
    assert modal.get_by_role("textbox", name="Order number").evaluate("field => field === document.activeElement")

    modal.get_by_role("textbox", name="Order number").fill("PO-118")
    modal.get_by_role("button", name="Upload", exact=True).click()
    left.get_by_role("dialog", name="Done").get_by_text("Order PO-118 is taken").wait_for()
    values = bot.requests("view_submission")[-1]["view"]["state"]["values"]
    assert values["customer"]["customer"]["selected_option"]["value"] == "nw"
    assert values["file"]["file"]["files"][0]["name"] == "phones.csv"
    assert values["stc"]["stc"]["selected_option"]["value"] == "ct"
    assert values["date"]["date"]["selected_date"] == "2026-11-20"
    assert [one["value"] for one in values["how"]["how"]["selected_options"]] == ["nw"]
    assert values["which"]["which"]["selected_option"]["value"] == "ct"
    assert values["tell"]["tell"]["selected_users"] == ["U0UMA"]


def test_a_pushed_modal_goes_back_and_what_was_typed_is_still_there(visit):
    page = visit()
    left = column(page, "left")
    say(left, "/rollcall form")
    left.get_by_role("textbox", name="Order number").fill("PO-7")
    left.get_by_role("button", name="More").click()
    left.get_by_role("dialog", name="On top").get_by_role("button", name="Back").click()
    left.get_by_role("dialog", name="Upload devices").wait_for()

    assert left.get_by_role("textbox", name="Order number").input_value() == "PO-7"


def test_escape_closes_a_modal_and_the_bot_is_told(visit, bot):
    page = visit()
    left = column(page, "left")
    say(left, "/rollcall form")
    left.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    left.get_by_role("dialog").wait_for(state="detached")

    page.wait_for_function("() => true")
    assert [payload["is_cleared"] for payload in bot.requests("view_closed")] == [False]


def test_a_file_is_sent_answered_in_a_thread_and_downloaded(visit, tmp_path):
    csv = tmp_path / "phones.csv"
    csv.write_text("imei\n356938035643809\n")
    page = visit()
    left = column(page, "left")
    left.get_by_label("Files to send").set_input_files(csv)
    left.locator(".composer .chip:not([aria-busy])").wait_for()
    say(left, "for Northwind")
    left.get_by_text("1 reply").wait_for()
    assert left.locator(".replies").get_by_text("Reading phones.csv").is_visible()

    with page.expect_download() as download:
        left.get_by_role("link", name="Download phones.csv").click()
    assert download.value.suggested_filename == "phones.csv"
    assert download.value.path().read_text() == csv.read_text()


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "<javascript:alert(1)|click>", "*<b>x</b>*"],
)
def test_text_is_never_markup(visit, text):
    page = visit(BOTH_AT_ACME)
    left = column(page, "left")
    page.on("dialog", lambda _: pytest.fail("a script ran"))
    say(left, text)
    left.locator("article").wait_for()
    say(left, f"/rollcall echo {text}")
    left.get_by_text("Only visible to you").wait_for()

    assert (
        left.locator("article script, article b, article img:not(.avatar), article a[href^='javascript']").count() == 0
    )


def test_a_table_is_paged_and_sorted_and_a_menu_opens_by_keyboard(visit):
    left = column(visit(), "left")
    say(left, "/rollcall list")
    left.get_by_text("of 3").wait_for()
    left.get_by_role("button", name="Next").click()
    assert left.locator("tbody").inner_text().split() == ["4"]
    left.get_by_role("button", name="Age", exact=True).click()
    assert left.locator("tbody").inner_text().split() == ["4", "9"]

    left.get_by_role("button", name="More", exact=True).press("Enter")
    left.get_by_role("menuitem", name="Northwind").press("ArrowDown")
    left.get_by_role("menuitem", name="Contoso").press("Enter")
    left.get_by_text("Chose ct").wait_for()


def test_the_home_tab_is_asked_for_and_its_buttons_work(visit, bot):
    page = visit()
    left = column(page, "left")
    left.get_by_role("button", name="Home").click()
    left.get_by_role("heading", name="Good morning").wait_for()
    left.get_by_role("button", name="Accept all").click()
    left.get_by_role("alertdialog").get_by_role("button", name="Accept", exact=True).click()
    left.get_by_role("alertdialog").wait_for(state="detached")

    assert bot.wait_for("app_home_opened")


def test_commands_are_offered_and_taken_by_keyboard(visit):
    page = visit()
    box = column(page, "left").locator(".composer textarea")
    box.press_sequentially("/up")
    column(page, "left").get_by_role("option", name="/uploads").wait_for()
    box.press("Tab")

    assert box.input_value() == "/uploads "
    assert column(page, "left").locator(".usage").is_visible()


def test_a_slow_bot_is_told_and_the_command_is_still_within_reach(visit, workspace, bot):
    seconds = workspace.desk.bot.seconds
    bot.answer = (500, {}, "")
    page = visit(BOTH_AT_ACME)
    left = column(page, "left")
    say(left, "/rollcall hello")
    left.get_by_text("failed with the error").wait_for()
    bot.answer = None
    workspace.desk.bot.seconds = seconds
    left.locator(".composer textarea").press("ArrowUp")

    assert left.locator(".composer textarea").input_value() == "/rollcall hello"


def test_on_a_narrow_screen_one_person_is_shown_at_a_time(visit):
    page = visit(width=390, height=844)
    assert column(page, "left").is_visible()
    assert not column(page, "right").is_visible()

    page.get_by_role("button", name="Nia Northwind Logistics").click()
    assert column(page, "right").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_person_is_chosen_and_the_address_remembers(visit):
    page = visit()
    column(page, "right").get_by_label("Person on the right").select_option(label="Uma · uploader")
    page.wait_for_function("() => location.hash.includes('right=T0ACME/U0UMA')")
    page.reload()
    page.wait_for_selector("body.ready")

    assert column(page, "right").get_by_label("Person on the right").input_value() == "T0ACME/U0UMA"


UNNAMED = """() => {
  const quiet = ['log', 'group', 'radiogroup', 'listbox', 'status', 'alert', 'note', 'presentation'];
  const named = (one) => one.ariaLabel || one.title || one.textContent.trim() || one.labels?.length
    || one.getAttribute('aria-labelledby');
  return [...document.querySelectorAll('button, a, input, select, textarea, summary, [role]')]
    .filter((one) => one.offsetParent && !quiet.includes(one.getAttribute('role')) && !named(one))
    .map((one) => one.outerHTML.slice(0, 120));
}"""
CONTRAST = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const clear = (one) => /rgba\\(.*, 0\\)|transparent/.test(getComputedStyle(one).backgroundColor);
  return ['.role', '.button.primary', '.by time', '.tabs button', '.hint, .faint'].map((selector) => {
    const one = document.querySelector(selector);
    let ground = one;
    while (ground && clear(ground)) ground = ground.parentElement;
    const pair = [getComputedStyle(one).color, getComputedStyle(ground).backgroundColor].map(light);
    return [selector, (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05)];
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_that_can_be_used_has_a_name_and_contrast(visit, scheme):
    page = visit(BOTH_AT_ACME, color_scheme=scheme)
    left = column(page, "left")
    say(left, "/rollcall card")
    left.get_by_role("button", name="Accept all").wait_for()
    say(left, "/rollcall form")
    left.get_by_role("dialog").wait_for()
    unnamed = page.evaluate(UNNAMED)
    assert unnamed == []

    contrast = page.evaluate(CONTRAST)
    assert [name for name, ratio in contrast if ratio < 4.5] == []
