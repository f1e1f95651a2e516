# The record of the work on a case: its pages at the desk, and the safety plan on the reporter's page.

record-heading = Plan and record
record-lede = What the person wants, what we do, and why. Nothing here is ever overwritten: a correction is a new entry, and the earlier words stay.
record-back = Back to the record
record-open = Open the record
record-open-heading = Open in the record
record-open-none = Nothing is open in the record.
record-open-look = See the record (opens a new tab)
record-due-heading = Still to do
record-due = by { $date }
record-due-by = by { $date }, { $who }
record-by = { $who }, { $at }
record-item = { $kind } { $number }
record-none = Nothing yet.
record-earlier = Earlier wording
record-correct = Correct it
record-correct-about = What you write takes the place of the earlier wording, which stays to be seen.
record-trace = Something was entered in the record
record-late = { $count ->
    [one] 1 thing late in the record
   *[other] { $count } things late in the record
}
record-alert-late = { $count ->
    [one] 1 thing that you took on in a case is late.
   *[other] { $count } things that you took on in cases are late.
}
record-alert-today = { $count ->
    [one] 1 thing that you took on in a case is due today.
   *[other] { $count } things that you took on in cases are due today.
}
record-summary = { $count ->
    [0] Nothing is in the record yet.
    [one] There is 1 entry in the record.
   *[other] There are { $count } entries in the record.
}
record-summary-missing = Not asked, offered or checked yet

record-missing-outcome = Nobody has recorded yet what the person wants.
record-missing-reprisal = Nobody has asked yet whether somebody is, or fears to be, treated badly for speaking up.
record-missing-prevention = There is no action yet so that it does not happen again.
record-missing-support-reporter = No support is recorded yet for whoever told us.
record-missing-support-affected = No support is recorded yet for the person affected.
record-missing-support-concern = No support is recorded yet for the person of concern.
record-unchecked = { $count ->
    [one] 1 decision waits for a look by somebody else.
   *[other] { $count } decisions wait for a look by somebody else.
}

record-needs-prevention = Before a case closes there is an action so that it does not happen again, or the reason for having none.
record-outcomes-unchecked = { $count ->
    [one] Before it closes, ask about each thing that the person wants: was it reached? 1 is not checked at the end yet. You can do that in the record.
   *[other] Before it closes, ask about each thing that the person wants: was it reached? { $count } are not checked at the end yet. You can do that in the record.
}

record-refused-state = “{ $kind }” can't be entered while a case is “{ $state }”.
record-refused-role = “{ $kind }” is for a lead. Please ask one.
record-refused-entry = This would be about an entry that is not there. Go back to the record and choose it there.
record-refused-second = Somebody else has to look at a decision: nobody checks their own.

record-stop = Please stop and think
record-stop-text = You can go on if there is a good reason. Write it in the field for it, and send the form again. It stays in the record.
record-reason-missing = Write why you go on, or change what the warning is about
record-warn-work_on_targeted = Somebody who was targeted would have to do something, or give something up, for this. They have carried enough: can we, or the person of concern, do it instead? Moving them out of the group, or asking them to explain or teach, also counts.
record-warn-no_contact = They asked us not to contact them. Doing so can put them in danger. Messages here wait until they come back by themselves.
record-warn-way = They did not choose this way of being reached. Somebody else may see, hear or open it.
record-warn-time = This may not be a time that is safe for them. Look at what they said about times before you go on.
record-warn-word = They gave a word or a question by which they know that it is us. Without it they can't know who is there, and nor can you.

## Kinds of entries

record-outcome = Wanted outcome
    .new = Add what the person wants
    .about = One thing at a time, in their own words. It begins with what they told us; the report itself is not changed.
record-outcome_check = Look at it
    .new = Was it reached?
    .about = Ask the person, along the way and at the end. What counts is what they say.
record-task = Action
    .new = Add an action
    .about = One step, one owner, one day. Ask the person affected before each step, where that is safe.
record-task_result = What became of it
    .new = What became of it?
    .about = Done, not done and why, or later and until when.
record-decision = Decision
    .new = Record a decision
    .about = For the decision log. Entries are never changed: a correction is a new entry. Facts and reasons go apart.
record-second_check = Second look
    .new = Look at a decision as a second person
    .about = You had no part in this decision. Say whether you would decide the same.
record-support = Support
    .new = Record support
    .about = For whoever told us, for the person affected, and for the person of concern too: each is offered support, apart from what is decided.
record-contact = Contact
    .new = Record or plan a contact
    .about = Look first at how, when and by which word it is safe to reach them.
record-reprisal = Protection from reprisal
    .new = Ask about reprisal
    .about = Whoever speaks up is often made the problem. Ask at the start, look again after some weeks, also after closing, and act.
record-reprisal_check = Look again
    .new = Look again: is anybody treated badly for speaking up?
    .about = Ask how things are: shifts, invitations, tone, pay, who talks to them. It need not be meant to count.
record-safety_plan = Safety plan
    .new = Write down a safety plan
    .about = It belongs to the person: their words, their choice of who sees it. Write it with them, and read it back.
record-conversation = “Called in” conversation
    .new = Record a “called in” conversation
    .about = A conversation to learn from, with care. It is not a sanction, and is not counted as one.

record-section-outcome = What the person wants
    .about = Making Safeguarding Personal: we measure our work by this.
record-section-safety_plan = Safety plan
    .about = The person's own plan.
record-section-task = Actions
    .about = Who does what by when.
record-section-decision = Decision log
    .about = What was decided, on what facts, and why. Somebody else looks at each.
record-section-support = Support
    .about = For all sides.
record-section-contact = Contacts
    .about = In ways, at times and with the word that are safe.
record-section-reprisal = Protection from reprisal
    .about = Asked, looked at again, and acted on.
record-section-conversation = “Called in” conversations
    .about = For learning, apart from any sanction.

record-answer-outcome = Was it reached?
record-answer-task = Say what became of it
record-answer-decision = Look at it as a second person
record-answer-contact = Say how it went
record-answer-reprisal = Look again

record-correct-outcome = Correct this wish
record-correct-outcome_check = Correct this check
record-correct-task = Correct this action
record-correct-task_result = Correct what became of it
record-correct-decision = Correct this decision
record-correct-second_check = Correct this second look
record-correct-support = Correct this entry on support
record-correct-contact = Correct this contact
record-correct-reprisal = Correct this entry on reprisal
record-correct-reprisal_check = Correct this look
record-correct-safety_plan = Change this plan
record-correct-conversation = Correct this conversation

record-open-outcome = Not checked yet
record-open-task = To do
record-open-decision = Waits for a second look
record-open-reprisal = Not looked at again yet

record-did-outcome = What the person wants was recorded
record-did-outcome_check = It was checked whether a wish was reached
record-did-task = An action was set
record-did-task_result = What became of an action was recorded
record-did-decision = A decision was recorded
record-did-second_check = Somebody else looked at a decision
record-did-support = Support was recorded
record-did-contact = A contact was recorded
record-did-reprisal = Reprisal was asked about
record-did-reprisal_check = It was looked at again whether anybody is treated badly for speaking up
record-did-safety_plan = A safety plan was written down
record-did-conversation = A “called in” conversation was recorded

## Fields

desk-field-outcome_wanted = What they want
desk-field-outcome_from = How you know
desk-choice-outcome_from-own_words = In their own words
desk-choice-outcome_from-through_someone = Through somebody who speaks for them
desk-choice-outcome_from-understood = As we understood it
    .hint = Ask them as soon as that is safe.
desk-field-outcome_check_on = When you will ask them about it
desk-field-outcome_when = Along the way, or at the end?
desk-choice-outcome_when-along = Along the way
desk-choice-outcome_when-end = At the end, before it closes
desk-field-outcome_result = Was it reached?
desk-choice-outcome_result-fully = Fully
desk-choice-outcome_result-partly = Partly
desk-choice-outcome_result-not = Not
desk-choice-outcome_result-not_wanted = They no longer want it
desk-choice-outcome_result-could_not_ask = We could not ask
desk-field-outcome_said = What they say about it
    .hint = In their own words.
desk-field-outcome_why = Why not, why only partly, or why you could not ask
    .hint = Needed if it is partly, not, or could not be asked.
desk-field-outcome_next_on = When you will ask them again

desk-field-task_what = What is to be done
desk-field-task_for = What it is for
desk-choice-task_for-safety = To keep somebody safe
desk-choice-task_for-support = To support somebody
desk-choice-task_for-prevent_repeat = So that it does not happen again
desk-choice-task_for-anti_racism = Against racism or discrimination
desk-choice-task_for-learning = To learn
desk-choice-task_for-other = Something else
desk-field-task_owner = Who does it
    .hint = Everybody here can read this case. They are told that there is something to do.
desk-field-task_owner_name = Somebody else who does it
    .hint = Needed if nobody above does it. They can't read the case, so tell them what they need and no more.
desk-field-task_due_on = By when
desk-field-who_bears = Who has to do something, or give something up, for this?
desk-choice-who_bears-team = We, the organisation
desk-choice-who_bears-concern = The person of concern
desk-choice-who_bears-others = Others
desk-choice-who_bears-affected = The person affected, or somebody who was targeted
desk-field-burden_reason = Why it has to be them, and what we do to make it lighter
desk-field-asked_person = What the person affected says about this step
desk-choice-asked_person-agrees = They agree
desk-choice-asked_person-partly = They agree in part
desk-choice-asked_person-against = They do not want it
desk-choice-asked_person-not_asked = They were not asked
desk-field-asked_why = Why it is done without their agreement, or why they were not asked
    .hint = Needed in both of these cases.

desk-field-task_result = What became of it
desk-choice-task_result-done = Done
desk-choice-task_result-not_done = Not done
desk-choice-task_result-later = Later
desk-field-task_notes = Notes
    .hint = If it is not done, or done later: why. Needed then.
desk-field-task_new_due_on = By when now
    .hint = Needed if it is done later.

desk-field-check_by = Who looks at it as the second person
    .hint = If nobody is here to choose, share the case with somebody first, or leave it open.
desk-field-check_on = By when somebody else has looked at it
desk-field-check_result = What you think of it
desk-choice-check_result-agree = I agree
desk-choice-check_result-with_changes = I agree, with changes
desk-choice-check_result-disagree = I would decide otherwise
desk-field-check_reasons = What should change, or why you would decide otherwise
    .hint = Needed in both of these cases.
desk-field-check_good = What was done well

desk-field-support_to = For whom
desk-choice-support_to-reporter = Whoever told us
desk-choice-support_to-affected = The person affected
desk-choice-support_to-concern = The person of concern
desk-choice-support_to-listener = Whoever listened, or works on this
desk-field-support_answer = What they said
desk-choice-support_answer-offered = Offered, no answer yet
desk-choice-support_answer-accepted = They take it
desk-choice-support_answer-declined = They would rather not
desk-choice-support_answer-not_safe = It is not safe to offer now
desk-field-support_what = What support, and if it is not safe: why
desk-field-support_by = Who gives it

desk-field-contact_state = What this is
desk-choice-contact_state-planned = A plan to contact somebody
desk-choice-contact_state-made = We reached them
desk-choice-contact_state-no_answer = We tried, with no answer
desk-choice-contact_state-from_them = They contacted us
desk-field-contact_with = With whom
desk-choice-contact_with-reporter = Whoever told us
desk-choice-contact_with-affected = The person affected
desk-choice-contact_with-concern = The person of concern
desk-choice-contact_with-witness = Somebody who saw or heard it
desk-choice-contact_with-body = A body outside
desk-choice-contact_with-other = Somebody else
desk-field-contact_way = How
desk-choice-contact_way-phone = By phone
desk-choice-contact_way-text = By text message
desk-choice-contact_way-email = By e-mail
desk-choice-contact_way-video = By video call
desk-choice-contact_way-letter = By letter
desk-choice-contact_way-in_person = In person
desk-choice-contact_way-through_someone = Through somebody else
desk-choice-contact_way-messages = By messages here
desk-field-contact_on = On which day
desk-field-contact_time = At what time
desk-field-contact_time_safe = Is this a time that is safe for them?
    .hint = Compare it with what they said. If they said nothing about times, ask or take care, and choose “Not sure”.
desk-choice-contact_time_safe-yes = Yes, I have looked
desk-choice-contact_time_safe-not_sure = Not sure
desk-choice-contact_time_safe-no = No
desk-field-contact_word = Is the word or question used by which they know that it is us?
desk-choice-contact_word-yes = Yes
desk-choice-contact_word-none = None was agreed
desk-choice-contact_word-no = No
desk-field-contact_reason = I have checked, because…
    .hint = What you checked, with whom, and why this contact is safe or needed all the same.
desk-field-contact_facts = What was said
    .hint = Facts only: who said what. Needed once you have spoken.
desk-field-contact_judgement = What you make of it
    .hint = Your own view, apart from the facts.

desk-field-reprisal_who = Whom you asked
desk-choice-reprisal_who-reporter = Whoever told us
desk-choice-reprisal_who-affected = The person affected
desk-choice-reprisal_who-witness = Somebody who saw or heard it
desk-field-reprisal_said = What they say
desk-choice-reprisal_said-no_worry = They do not fear it
desk-choice-reprisal_said-worried = They fear it
desk-choice-reprisal_said-happening = It is happening
desk-choice-reprisal_said-could_not_ask = I could not ask
desk-field-reprisal_words = What they fear or meet, and from where
    .hint = In their own words.
desk-field-reprisal_protect = What we do to protect them
    .hint = Needed if they fear or meet it. The work of it must not fall on them.
desk-field-reprisal_checks = When it is looked at again
    .hint = It goes on after the case is closed, and whoever answers for the case is reminded.
desk-choice-reprisal_checks-usual = After 2, 6 and 12 weeks
desk-choice-reprisal_checks-often = After 1, 2, 4, 6, 8 and 12 weeks
desk-choice-reprisal_checks-one_day = On a day that they choose
desk-choice-reprisal_checks-none = Not at all
desk-field-reprisal_first_on = The day that they choose
desk-field-reprisal_why = Why you could not ask, or why it is not looked at again
    .hint = Needed in both of these cases.
desk-field-reprisal_found = What you found
desk-choice-reprisal_found-nothing = Nothing
desk-choice-reprisal_found-something = Somebody is treated badly for speaking up, or it looks like it
desk-choice-reprisal_found-could_not_ask = I could not ask
desk-field-reprisal_facts = What happened
    .hint = Facts only. Needed if you found something.
desk-field-reprisal_judgement = What you make of it
desk-field-reprisal_act = What we do about it
    .hint = Needed unless you found nothing.
desk-field-reprisal_next_on = One more look on

desk-field-plan_signs = How I notice that it gets unsafe
desk-field-plan_words = What I do to stay safe
    .hint = In their own words, as they would say it.
desk-field-plan_helps = What helps me
desk-field-plan_call = Whom I call, and how
desk-field-plan_others = What others should do, and should not do
desk-field-plan_shared = Who has this plan
    .hint = Only those whom they chose.
desk-field-plan_show = Do they want to see it on their own page?
    .hint = It opens there with their words. If somebody else may see their screen, choose “No”.
desk-choice-plan_show-no = No
desk-choice-plan_show-yes = Yes
desk-field-plan_review_on = When you look at it together again

desk-field-called_with = With whom
desk-field-called_on = On which day
desk-field-called_facts = What had happened
    .hint = Facts only.
desk-field-called_said = What was said and heard
desk-field-called_judgement = What you make of it, and what was learned
desk-field-called_agreed = What was agreed
desk-field-called_pattern = Did it happen before, or was somebody harmed?
desk-choice-called_pattern-no = No: it stays a conversation to learn from
desk-choice-called_pattern-persists = It keeps happening
desk-choice-called_pattern-harm = Somebody was harmed
desk-field-called_next = What follows beyond the conversation
    .hint = Needed if it keeps happening or somebody was harmed.

desk-field-judgement = What you make of it
    .hint = Your own view, apart from the facts.
desk-field-why_no_prevention = If there is no action against a repeat: why not
    .hint = Needed if the record holds no action “so that it does not happen again”.
desk-field-told_person = Does the person affected know what we found?
desk-choice-told_person-yes = Yes, all of it
desk-choice-told_person-partly = In part
desk-choice-told_person-not_safe = It is not safe to tell them now
desk-choice-told_person-could_not = We could not reach them
desk-choice-told_person-nobody = Nobody was affected
desk-field-said_sorry = Did we say sorry where we got something wrong?
desk-choice-said_sorry-yes = Yes
desk-choice-said_sorry-not_due = There was nothing to be sorry for
desk-choice-said_sorry-not_yet = Not yet
    .hint = Write below who does it, and by when.

## In the order of time

record-chronology = In the order of time
record-chronology-heading = What happened, in the order of time
record-chronology-about = It makes itself from everything that has a date. Print it with your browser; keep the paper as safe as the case.
record-chronology-made = Made { $at } for { $name }
record-chronology-told = When and where, as it was told
record-chronology-message = A message
record-chronology-recorded = written down { $at }

## On the reporter's page

record-plan-link = Your safety plan
record-plan-heading = Your safety plan
record-plan-about = It is yours. Write to us if anything should change, or if you would rather not see it here any more.
record-plan-changed = Last changed { $at }
record-plan-back = Back
record-own-plan_signs = How I notice that it gets unsafe
record-own-plan_words = What I do to stay safe
record-own-plan_helps = What helps me
record-own-plan_call = Whom I call, and how
record-own-plan_others = What others should do, and should not do
record-own-plan_shared = Who has this plan

## How much there is, and looking after those who read

record-load-heading = How much there is, and for whom
record-load-about = Nobody should carry too much alone. It counts only what you may open yourself.
record-load-none = There is nothing open on your desk.
record-load-nobody = Nobody yet
record-load-cases = Open cases
record-load-grave = Of these, level 1 or 2
record-load-to-do = Things to do in records
record-load-late = Of these, late
record-load-link = How much there is, and looking after yourselves
record-after-link = After something hard to read: four questions for yourself
record-after-heading = After something hard to read
record-after-text =
    Hearing or reading about harm stays with people, also with those who are used to it. Take ten minutes, with another lead or with your own support, and go through four questions. Nothing of it is written down here.

    1. What happened? Tell it in a few words, without details that you would rather not carry twice.
    2. How am I? Tired, angry, numb, fine: each is an answer.
    3. Who supports me today and this week? Name somebody, and a time.
    4. Is there anything to pass on? A case, a call or a task can go to somebody else. In a case, “Share or hand over” does that.

    Whoever listened to somebody is offered support too. You can record that in the case, under “Support”.
