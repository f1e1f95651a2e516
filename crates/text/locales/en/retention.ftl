# How long closed cases are kept, and erasing them by two people.

retention-nav = Keeping
retention-list = How long cases are kept
    .about = Cases of yours whose time has passed, that wait for a second person, or that are on hold. Nothing is erased by itself: one of you proposes it, another confirms.
retention-none = Nothing to decide
retention-none-text = No case of yours has come to the end of its time, and none is on hold.
retention-schedule = The schedule
retention-schedule-text = The first line that fits a case counts. Your organisation can put a schedule of its own in its place.
retention-rule-time = { $rule }: { $time } from closing.
retention-rule-always = { $rule }: until people decide.
retention-years = { $count ->
    [one] 1 year
   *[other] { $count } years
}
retention-months = { $count ->
    [one] 1 month
   *[other] { $count } months
}
retention-rule-child = Somebody under 18 is or may be affected
retention-rule-whistleblowing = Wrongdoing that others should know of
retention-rule-serious = A case of level immediate or high
retention-rule-advice = Advice was given, and it was no case
retention-rule-signposted = Not about our activities: others were named who can help
retention-rule-learning = A near miss, something that went well, or something to develop
retention-rule-case = Every other case

retention-case = How long this is kept
    .about = Time runs from closing. A hold stops every deletion.
retention-not-closed = Time runs from the day on which a case is closed. This one is not closed.
retention-closed-on = Closed on { $date }.
retention-by-rule = The line of the schedule that counts: { $rule }.
retention-until = Kept until { $date }.
retention-due-since = Its time passed on { $date }.
retention-until-decided = Kept until people decide.
retention-on-hold = On hold: { $because }. Set by { $by }. To be looked at again on { $date }.
retention-proposed = { $by } proposes to erase it: { $because }.
retention-no-steps = There is nothing for you to do here now.

retention-do-hold = Put it on hold
    .about = Nothing in this case is erased while a hold is on it, whatever the schedule says.
retention-do-lift_hold = Lift the hold
    .about = The reason for it is gone. The schedule counts again.
retention-do-propose = Propose to erase it
    .about = Somebody else looks at it and confirms, or keeps it. Until then nothing is lost.
retention-do-keep_on = Keep it after all
    .about = It stays closed. It can be proposed again later.
retention-do-erase = Erase it for ever
    .about = All of it goes: the report, messages, files, notes and decisions, and every key that opens them. The words of the person who told us no longer lead anywhere. Nobody can bring it back.
retention-button-erase = Erase it for ever

retention-did-hold = It was put on hold
retention-did-lift_hold = The hold was lifted
retention-did-propose = It was proposed to erase it. Somebody else looks at it now
retention-did-keep_on = It is kept
retention-did-erase = It was erased

retention-refused-state = “{ $action }” can't be done now. Look at how the case stands, and choose from there.
retention-refused-hold = A hold is on this case, so nothing in it is erased. If the reason for the hold is gone, lift it first.
retention-refused-second = You proposed this, so somebody else has to confirm it.
retention-refused-not-due = The schedule keeps this case longer. If there is another ground for erasing it, choose that, and say why.

retention-erased = The case was erased
    .about = Nothing of it is left here but what this page shows, and one more in a count that names nobody.
retention-certificate = Certificate
retention-certificate-text = It names nobody, and nothing that was in the case. Print it or copy it if you have to show that the case was erased: this page is only for the two of you who did it.
retention-erased-copies = Copies of the database that were made before still hold it, sealed, until they are deleted. If one of them is put back, the case is erased again.

retention-alert = { $count ->
    [one] 1 case waits for you to confirm that it is erased, or to keep it.
   *[other] { $count } cases wait for you to confirm that they are erased, or to keep them.
}
retention-alert-link = Look at how long cases are kept

desk-field-hold_for = Because of
desk-choice-hold_for-legal = A claim, or advice from a lawyer
desk-choice-hold_for-police = The police or a prosecutor
desk-choice-hold_for-inquiry = An inquiry or review
desk-choice-hold_for-request = Somebody's request about their own data
desk-choice-hold_for-other = Something else
desk-field-basis = On what ground
desk-choice-basis-schedule = Its time has passed
desk-choice-basis-request = Somebody asked for it, and has a right to it
desk-choice-basis-mistake = It should never have been here
    .hint = Such as a test, or something sent to the wrong place.
desk-field-erase_checks = I have looked at this, and confirm
desk-choice-erase_checks-no_conflict = I have no part in this and am not close to anybody in it
desk-choice-erase_checks-schedule = The ground for erasing it is right
desk-choice-erase_checks-hold = No claim, inquiry or request needs it
desk-choice-erase_checks-rights = Nobody in it still waits for an answer about their data
desk-choice-erase_checks-for_ever = I know that nobody can bring it back
desk-state-retained = Waits to be erased
    .next = There is nothing more to do. What you told us is kept for a time, and then erased.
