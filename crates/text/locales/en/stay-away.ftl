# Decisions that somebody stays away from activities (exclusion, Statement 3.8), the look at sign-ups, partners (R0.8)
# and people of the university (R1.2b).

stay-way = Exclusion from activities
    .about = When a pattern goes on and somebody may have to stay away: proposed by one person, confirmed by another.
stay-trace = Names of people who would like to join were compared with exclusions
stay-heading = Exclusion from activities
stay-lede = A decision that somebody stays away from our activities for a time, because a pattern goes on. People make it, never this program, and never one person alone.
stay-first = Before you write one
stay-first-text =
    Talk first: people are called in before anybody is sent away.

    Ask yourself who carries the cost. Whoever raises racism, harassment or abuse of power is often made the problem. Sending them away would be reprisal.

    Ask others in the group, one by one and in private, and the manager. Write down how and when, not who said what.

    Danger now does not wait for this: make people safe first.
stay-who-sees = Those who can open this case see it. Facilitators and others who organise are told only what they need to know, by a person.
stay-none = Nobody has proposed one in this case.
stay-add = Propose an exclusion
stay-list-link = All exclusions on your desk
stay-sign-ups-link = Compare names of people who would like to join

stay-decision = { $name } (decision { $number })
stay-stands-waits = Waits for a second person
stay-stands-back = Given back with questions
stay-stands-in_force = In force
stay-stands-over = Last day has passed
stay-stands-ended = Ended
stay-not-in-force = It is not in force until a second person has confirmed it.
stay-own = You had a part in it, so somebody else looks at it.
stay-changed = A newer wording waits for a second person. Until then the wording below counts.
stay-newer = Newer wording, not confirmed yet
stay-until-day = Until { $date }
stay-until-review = Until a review ends it
stay-review-on = To be looked at by { $date }
stay-over-text = Tell the person, and talk about the way back. Then record that it has ended.
stay-appeals = { $count ->
    [one] 1 appeal waits for an answer.
   *[other] { $count } appeals wait for an answer.
}
stay-counts = What counts
stay-steps = What was said about it
stay-do-check = Look at it as the second person
stay-do-review = Review it
stay-do-appeal = Record an appeal
stay-do-ruling = Answer the appeal
stay-do-correct = Change the wording

stay-list-heading = Exclusions from activities
stay-list-lede = Decisions in the cases that you can open. Those that should have been looked at come first.
stay-list-none = There is none in the cases that you can open.
stay-list-none-text = There may be some in cases of others, which nobody without their key is told of.
stay-list-case = In case { $reference }

stay-sign-ups-heading = Who would like to join?
stay-sign-ups-lede = Type or paste the names. We say for whom an exclusion may be in force, as far as you may know. Nothing of what you paste is kept, and nobody is stopped by it.
stay-sign-ups-names = Names
    .hint = One person in each line, or a table pasted from a spreadsheet or a CSV file. An e-mail address or a telephone number helps.
stay-sign-ups-button = Compare
stay-sign-ups-empty = Type or paste at least one name
stay-sign-ups-too-much = This is more than fits at once. Compare up to { $lines } lines at a time.
stay-sign-ups-found = { $count ->
    [one] 1 line may mean somebody who is to stay away
   *[other] { $count } lines may mean somebody who is to stay away
}
stay-sign-ups-check = This may be the same person, or somebody else with a like name. Check before you do anything.
stay-sign-ups-how = Ask somebody who knows them. Do not ask the person in front of others, and do not tell others why you ask. If you are not sure, they are welcome.
stay-sign-ups-line = Line { $line }: { $text }
stay-sign-ups-means = May be { $name }. { $how }
stay-sign-ups-nobody = { $count ->
    [one] We looked at 1 line. It is like no name in an exclusion that you may know of.
   *[other] We looked at { $count } lines. None is like a name in an exclusion that you may know of.
}
stay-sign-ups-nobody-text = Nicknames and new names are not found. That nobody was found does not say that somebody is safe, as little as a name that was found says that they are not.
stay-sign-ups-again = Compare other names
stay-alike-same = The name is the same.
stay-alike-reach = The e-mail address or telephone number is the same.
stay-alike-near = The name is spelled a little differently.
stay-alike-part = Only one of the names is the same.
stay-must = What the decision says
stay-open = Open the decision

stay-flag-in-force = An exclusion from activities is in force.
stay-flag-waits = An exclusion from activities waits for a second person.
stay-flag-student = A student of the university is in this case. The university decides whether its own procedures apply; it is told on the same day.
stay-flag-employee = Somebody who works for the university is in this case. The university decides whether its own procedures apply; it is told on the same day.
stay-flag-not-sure = It is not known yet whether somebody of the university is in this case. Find out today.
stay-flag-not-told = The university has not been told yet.
stay-flag-no-lead = Who holds the lead is not agreed with { $name } yet.
stay-flag-lead = { $name }: { $lead }

stay-refused-now = That does not go with how things stand: somebody else may have ended, confirmed or answered it meanwhile. What is said once is not changed; say something new instead.
record-warn-raised_it = This person raised something, or was harmed, or that is not known. To send them away may be reprisal, or look like it. Is there another way, such as that others step back? Talk with somebody outside of the group before you go on.

desk-error-had-part = { $field }: this person had a part in the decision. Please choose somebody else.
desk-error-passed = { $field }: this day has passed

## Kinds of entries

record-stay_away = Exclusion from activities
    .new = Propose an exclusion from activities
    .about = It takes effect when a second person has confirmed it. Leave nothing out that speaks for the person.
record-stay_away_check = Second person
    .new = Look at an exclusion as the second person
    .about = You had no part in this. Read all of it, and what it is based on. Would you decide the same?
record-stay_away_review = Review
    .new = Review an exclusion
    .about = Ask whether it is still needed, and what of the way back is there. Shorter is better.
record-stay_away_appeal = Appeal
    .new = Record an appeal
    .about = In the person's own words. It is heard by somebody who had no part in the decision.
record-stay_away_ruling = Answer to an appeal
    .new = Answer an appeal
    .about = You had no part in the decision. Hear the person first.
record-partners = Partners
    .new = Record roles and boundaries with a partner
    .about = Who does what, who does not, and who holds the lead. We do not take the place of services that have a duty by law.
record-university = People of the university
    .new = Say whether somebody of the university is in it
    .about = A student or an employee, in whatever part. The university decides what follows on its side, and is told on the same day.

record-section-partners = Partners
    .about = Roles, boundaries, and who holds the lead.
record-section-university = People of the university
    .about = Students and employees of the university, for its decision.

record-correct-stay_away = Change the wording of the exclusion
record-correct-stay_away_appeal = Correct this appeal
record-correct-partners = Change what is agreed
record-correct-university = Change what is known or was decided

record-did-stay_away = An exclusion was proposed
record-did-stay_away_check = The second person has answered
record-did-stay_away_review = An exclusion was reviewed
record-did-stay_away_appeal = An appeal was recorded
record-did-stay_away_ruling = An appeal was answered
record-did-partners = What is agreed with a partner was recorded
record-did-university = It was recorded whether somebody of the university is in it

## Fields

desk-field-stay_name = Name of the person
    .section = Who
    .hint = The name that people know them by.
desk-field-stay_names = Other names and spellings that they use
    .hint = One in each line. Never a name from before that they left behind, unless they sign up with it.
desk-field-stay_reach = E-mail address or telephone number, if known
    .hint = It helps to tell people with the same name apart.
desk-field-stay_raised = Did this person raise something in this case, or were they harmed?
    .hint = Whoever speaks up is often made the problem.
desk-choice-stay_raised-no = No
desk-choice-stay_raised-yes = Yes
desk-choice-stay_raised-not_sure = Not known
desk-field-stay_raised_reason = Why this is no reprisal, and whom you asked outside of the group
desk-field-stay_pattern = What shows the pattern
    .section = What happened, and what was tried
    .hint = What happened, when, how often. Name the entries of this case, and linked cases. Facts only.
desk-field-stay_tried = Conversations and other ways that were tried, and what came of them
    .hint = “Called in” conversations are for learning, and no step toward this. If nothing was tried, say why.
desk-field-stay_group = Were others in the group asked?
    .section = Who was asked
    .hint = The Statement asks for it.
desk-choice-stay_group-asked = Yes
desk-choice-stay_group-not_asked = No
    .hint = For example, because it was not safe for them.
desk-field-stay_group_on = When
    .hint = Needed if they were asked.
desk-field-stay_group_how = How they were asked and what came of it, or why they were not
    .hint = Without names: nobody should be held to what they said.
desk-field-stay_manager = Was the manager asked?
desk-choice-stay_manager-asked = Yes
desk-choice-stay_manager-not_asked = No
    .hint = For example, because they are involved.
desk-field-stay_manager_who = Which manager
    .hint = Needed if they were asked.
desk-field-stay_manager_on = When they were asked
    .hint = Needed if they were asked.
desk-field-stay_manager_view = What they say, or why they were not asked
desk-field-stay_reasons = Reasons
    .section = Why
desk-field-stay_other = What else was considered, and why it is not enough
    .hint = Another group, another role, a break, somebody who goes along.
desk-field-stay_power = Racism, discrimination and power
    .hint = Who has power here, and who has not? Would you decide the same about somebody else who did this?
desk-field-stay_from = Stay away from what
    .section = From what, and for how long
desk-choice-stay_from-all = All our activities
desk-choice-stay_from-some = Some of them
desk-field-stay_which = Which, and what is still open to them
    .hint = Needed if it is some. Say what stays open: the newsletter, support, reporting.
desk-field-stay_until = For how long
desk-choice-stay_until-day = Until a day
desk-choice-stay_until-review = Until a review ends it
desk-field-stay_ends_on = Last day
    .hint = Needed if it is until a day. It is in force on that day too.
desk-field-stay_review_on = When it is looked at again
    .hint = We remind you. Choose a day that is not far off.
desk-field-stay_way_back = The way back
    .hint = What would need to be true, and who helps the person to get there.
desk-field-stay_told = How the person is told
    .section = How it is told, and who hears an appeal
    .hint = By whom, in which words, with what support. They are told the reasons, for how long, and how to appeal.
desk-field-stay_told_group = What the group is told
    .hint = Without detail. Nobody needs to know why.
desk-field-stay_hears = Who hears an appeal
    .hint = Somebody who has no part in this decision. If it is nobody who can read this case, leave it and give the name below.
desk-field-stay_hears_name = Name of who hears an appeal, if they can't read this case
    .hint = Somebody who has no part in this decision.
desk-field-stay_check = What you say
desk-choice-stay_check-confirm = I confirm it: it is in force from now
desk-choice-stay_check-back = I give it back with questions
desk-field-stay_check_why = What you looked at, and why
    .hint = Is the pattern shown? Were people asked? Is it fair? Is it reprisal?
desk-field-stay_appeal_on = When the appeal came
desk-field-stay_appeal_from = From whom
desk-choice-stay_appeal_from-person = The person
desk-choice-stay_appeal_from-for_them = Somebody who speaks for them
desk-field-stay_appeal_words = What they say
    .hint = In their own words.
desk-field-stay_answer_by = By when they get an answer
    .hint = Tell them this day. We remind whoever hears it.
desk-field-stay_ruling = What you decide
desk-choice-stay_ruling-stands = It stays as it is
desk-choice-stay_ruling-changed = It is changed
desk-choice-stay_ruling-ended = It ends today
desk-field-stay_ruling_why = Reasons
    .hint = What the person said, what you looked at, and why you decide so.
desk-field-stay_ruling_told = How the person is told
desk-field-stay_new_ends_on = New last day
    .hint = If it changes.
desk-field-stay_new_review_on = When it is looked at again
    .hint = Needed unless it ends, or stays as it is.
desk-field-stay_review = What you decide
desk-choice-stay_review-goes_on = It goes on as it is
desk-choice-stay_review-longer = It is longer
    .hint = Somebody else than who proposed it has to decide this.
desk-choice-stay_review-shorter = It is shorter
desk-choice-stay_review-ended = It ends today
desk-field-stay_review_why = Reasons
    .hint = For longer: what has happened since. That the person is disliked, or spoke up again, is no reason.
desk-field-stay_review_back = What of the way back is there
desk-field-stay_review_told = How the person is told, and how they are welcomed back if it ends

desk-field-partner_name = Partner
desk-field-partner_is = What they are
desk-choice-partner_is-partner = A partner in the activity
desk-choice-partner_is-commissioner = A commissioner: we work for them by contract
desk-choice-partner_is-funder = A funder
desk-choice-partner_is-host = The host of the place
desk-choice-partner_is-service = A service that supports the person
desk-choice-partner_is-other = Something else
desk-field-partner_lead = Who holds the lead for safeguarding in this
desk-choice-partner_lead-us = We do
desk-choice-partner_lead-them = They do
desk-choice-partner_lead-council = The council
desk-choice-partner_lead-shared = It is shared
desk-choice-partner_lead-not_agreed = It is not agreed yet
desk-field-partner_lead_more = How it is shared, or how and by when it will be agreed
    .hint = Needed if it is shared or not agreed.
desk-field-partner_ours = What we do
desk-field-partner_theirs = What they do
desk-field-partner_limits = What we don't do, and what is not shared between us
    .hint = What is shared needs the person's consent, or a ground.
desk-field-partner_with = With whom it was agreed
desk-field-partner_on = When it was agreed
desk-field-partner_review_on = When it is looked at again

desk-field-university_who = Is somebody of the university in this case?
desk-choice-university_who-student = A student
desk-choice-university_who-employee = An employee
desk-choice-university_who-both = Both
desk-choice-university_who-not_sure = We don't know yet
desk-choice-university_who-nobody = Nobody, as it turned out
desk-field-university_part = In which part
desk-choice-university_part-affected = Affected by it
desk-choice-university_part-concern = Said to have caused it
desk-choice-university_part-reporter = Told us
desk-choice-university_part-several = Several of these
desk-choice-university_part-other = Something else
desk-field-university_agrees = What they say to the university being told
    .hint = Ask whoever is affected first, where that is safe. Say no more than the university needs.
desk-field-university_told = Has the university been told?
desk-choice-university_told-yes = Yes
desk-choice-university_told-not_yet = Not yet
    .hint = We remind you today.
desk-choice-university_told-no = No, and it will not be
desk-field-university_to = Whom you told
    .hint = Needed if it was told.
desk-field-university_on = When
    .hint = Needed if it was told.
desk-field-university_why = Why it is not told
    .hint = Needed if it is not told.
desk-field-university_decided = What the university decided
    .hint = Add it when you hear: change this entry then.
