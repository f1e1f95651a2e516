# Words that every page shares: the frame, the way out, problems, dates.

common-skip = Skip to the main part
common-leave = Leave this page
common-leave-hint = or press Shift 3 times
common-leave-region = Leave quickly
# Said one after the other as Shift is pressed, with | between: after one press, after two, after three, and
# when the counting stops.
common-leave-say = Press Shift 2 more times to leave|Press Shift once more to leave|Leaving this page|Not leaving. Presses of Shift are no longer counted
common-nav = Main pages
common-nav-home = Home
common-nav-help = Get help now
common-nav-ask = Report or ask
common-nav-return = Come back with your words

common-footer-leads = Talk to a person
common-footer-danger = In danger now? See who to call.
common-footer-history = Leaving quickly does not clear the history of this browser.
common-footer-statement = Our statement
common-footer-run = How this is run
common-footer-categories = Kinds of harm
common-footer-listening = When someone tells you
common-footer-check = Check a receipt
common-footer-privacy = Privacy
common-footer-accessibility = Accessibility

common-role-designated = Designated safeguarding lead
common-role-alternate = Alternate lead
common-role-independent = Independent recipient

common-error = Please check:
common-error-title = Something needs another look
common-warning = Important:
common-back = Back
common-continue = Continue
common-save = Save
common-change = Change
common-optional = You can leave this out.
common-day = Day
common-month = Month
common-year = Year

common-date = { $day } { $month } { $year }
common-month-1 = January
common-month-2 = February
common-month-3 = March
common-month-4 = April
common-month-5 = May
common-month-6 = June
common-month-7 = July
common-month-8 = August
common-month-9 = September
common-month-10 = October
common-month-11 = November
common-month-12 = December

common-working-now = at once, day or night
common-working-hours = { $count ->
    [one] 1 working hour
   *[other] { $count } working hours
}
common-working-days = { $count ->
    [0] the same day
    [one] 1 working day
   *[other] { $count } working days
}

# The tab says no more than that a page is missing or late.
common-problem-tab = This page
common-problem-reference = If you tell us about this, please give the reference { $reference }. It holds nothing about you.
common-problem-malformed = We could not read that
    .body =
        What was sent did not arrive whole, or was not in a form that we know. Nothing was stored from it.

        Please go back and try once more. If you would rather talk, the telephone numbers are below.
common-problem-forbidden = This is not open to you
    .body = What you asked for belongs to someone else. If you think that it should be open to you, please ask a lead.
common-problem-not-found = We do not have this page
    .body =
        The address may be old, or a letter of it may be different. Nothing that you sent to us is lost by this.

        You can [report or ask]({ $ask }), [get help now]({ $help }), or [come back with your words]({ $return }).
common-problem-method = That is not how this page is used
    .body = Nothing was changed. Please go back and use the links or buttons of the page.
common-problem-conflict = This changed while you were looking at it
    .body = Someone, or another window of yours, was a little faster. Please go back and look at it as it is now. Nothing that was there before is lost.
common-problem-too-large = That is more than we can take at once
    .body = Please send fewer or smaller files. Your answers from the pages before are kept.
common-problem-too-many = Please wait a little
    .body =
        A lot has arrived in a short time, so please wait a minute and try again. What you wrote on other pages is kept.

        You can phone at any time. The numbers are below.
common-problem-server = Something on our side is not working
    .body =
        This is not because of anything you did. What you already sent and saw confirmed is safe.

        Please wait a minute and try again. If it is urgent, please phone: the numbers are below. If someone is in danger now, call 999.
