# The person's side of a case: the steps so far, what they are asked, what they see of the record, what they ask for,
# a review by somebody else, and the questions at the end.

## Where it stands

follow-next = What happens next
follow-steps = Each step so far
follow-who = It is with the { $who }.
follow-role-lead = designated safeguarding lead
follow-role-alternate = alternate safeguarding lead
follow-role-sponsor = independent recipient
follow-role-university = safeguarding lead of the university
follow-role-caseworker = person of the team who works on it
follow-role-facilitator = facilitator
follow-role-group = governance group
follow-role-data_protection = data protection officer
follow-role-administrator = team
follow-role-nobody = team
follow-pause-by = On { $moment } we look whether we still have to wait.
follow-late-pause = We were to look on { $moment } whether we still have to wait. We are sorry that we have not yet. They are reminded.
follow-step-received = Your report came.
follow-step-begin = A lead opened it.
follow-step-give_advice = Your question was answered.
follow-step-signpost = We told you who else can help.
follow-step-take_on = We took it on, and look into it.
follow-step-transfer = It was handed to somebody who is better placed. The messages say who.
follow-step-learn_only = We keep it to learn from it.
follow-step-plan = A plan was made.
follow-step-monitor = What was planned is done. We watch whether it holds.
follow-step-ask_to_close = The work was finished, and somebody else was asked to check it.
follow-step-close = A second person checked it, and it was closed.
follow-step-send_back = The second person sent it back with questions. The work goes on.
follow-step-reopen = It was opened again.
follow-step-pause = The work waits, because the police or another body asked us to.
follow-step-resume = The work goes on.
follow-step-look-again = We look again on { $date }.
follow-state-retained = It is finished, and will not be kept much longer.
    .next = Two people decide when it is erased. You can still ask for a copy of what is held about you.

## Questions before a step

follow-questions = We would like to ask you
follow-questions-answer = Answer this
follow-answered = What we asked you
follow-ask-heading = A question before the next step
follow-ask-step-share = It is about telling somebody outside.
follow-ask-step-meeting = It is about a meeting.
follow-ask-step-speak = It is about talking to the person whose behaviour you told us of.
follow-ask-step-close = It is about finishing this.
follow-ask-step-other = It is about something that we could do next.
follow-ask-by = An answer by { $date } helps us. There is no harm if you need longer.
follow-ask-then = What you say is the first thing that we look at before we decide. If somebody could be badly hurt, or a child is at risk, we may have to do something else. Then we tell you, unless that would make things less safe.
follow-ask-legend = What do you say to it?
follow-ask-words = Is there something that you want to say about it?
    .hint = You can leave this empty.
follow-ask-send = Send my answer
follow-answer-yes = Yes
follow-answer-no = No
follow-answer-not_yet = Not yet. Let's talk first
follow-answer-rather_not = I'd rather not say
follow-done-asked = We have your answer. Whoever asked is told that it is there.
follow-said-before = What you said before
follow-remark-you = You, { $at }
follow-remark-for-you = Written down for you, { $at }
follow-not-now = Not now
follow-say-choose = Please choose one of these
follow-say-words-missing = Please write what you want to say

## What they see of the record

follow-about = What we wrote about you
follow-about-lede = A lead chose these parts of our record for you, and left out what is about other people. You can say what you think of each. What you say stays beside it for as long as we keep it.
follow-about-others = You told us about something that happened to somebody else. So you see here only what is about you. What we write about them is for them.
follow-about-nothing = Nothing is here yet.
follow-about-outcome = What you want
follow-about-task = Something that we do
follow-about-decision = A decision
follow-about-support = Support
follow-about-reprisal = Protection, so that nobody treats you badly for telling us
follow-about-talk = Our talk about who may know
follow-about-at = Put here on { $at }
follow-about-talk-at = Written down on { $at }
follow-about-say = Say what you think of it
follow-about-more = You can also ask for everything that we hold about you:
follow-talk_limits = What we said about who may have to know
follow-talk_wished = What you wished
follow-talk_worries = What worried you
follow-talk_agreed = What we agreed
follow-comment-heading = Say what you think of it
follow-comment-then = It stays beside what we wrote, and everybody who reads the one reads the other. We don't change what you said.
follow-comment-legend = Is it right?
follow-comment-agree = Yes, it is right
follow-comment-not_what_i_said = This isn't what I said, or not how it was
follow-comment-comment = I want to say something about it
follow-comment-words = What do you want to say?
    .hint = You can leave this empty, unless you chose to say something about it.
follow-comment-send = Put it beside
follow-done-comment = What you said stands beside it now. Those who work on it are told.

## What they ask for

follow-asked = What you asked for
follow-asked-copy = On { $at } you asked for a copy of what we hold about you.
follow-asked-reopen = On { $at } you asked us to open this again.
follow-asked-other = On { $at } you asked us for something.
follow-asked-by = You have an answer by { $date }.
follow-asked-late = You were to have an answer by { $date }. We are sorry. They are reminded.
follow-request-result-done = It is done.
follow-request-result-partly = It is done in part.
follow-request-result-no = We can't do it.
follow-request-result-later = It takes longer.
follow-request-hint = You can leave this empty.
follow-request-copy = Ask for a copy of what we hold about you
    .about =
        Everybody has this right. It costs nothing, and you do not need to say why.

        You have an answer within one month. If it takes longer, we tell you why and by when. We may have to leave out what is about other people. If we do not know who you are, we may have to ask you something first.
    .words = Is there something that you want most, or that we should know?
    .button = Ask for a copy
follow-request-reopen = Ask us to open it again
    .about = A lead reads this and answers here within a week. If something new has happened, tell us as much or as little as you like. If you think that we decided wrongly, you can ask for a review instead: somebody else looks at it then.
    .words = Is there something new, or something that we missed?
    .button = Ask us to open it again
follow-done-copy = We have noted it. Below you see by when you have an answer.
follow-done-reopen = We have noted it. A lead reads it and answers here.

## A review by somebody else

follow-review = Ask somebody else to look at it again
follow-review-lede = You can ask that somebody who had no part in this looks at what was decided. Asking does you no harm, and you do not need to give a reason.
follow-review-then = Your words on this page give them the key to your report, so they can begin at once. They read everything, and answer you here within ten working days. They can open it again.
follow-review-about = What should they look at?
    .hint = What you see differently, or what was missed. You can leave this empty: then they look at all of it.
follow-review-not = Who should not look at it?
    .hint = These people had no part in it. Tick those whom you would rather not have. You can leave this empty.
follow-review-quiet-legend = Who knows that you asked
follow-review-quiet = Do not tell those who decided until it is answered
    .hint = They can see that one more person may read your report now, but we do not tell them why. When it is answered, they see what you asked and the answer.
follow-review-send = Ask for a review
follow-review-nobody-left = There is nobody else here. Please leave somebody whom you could accept unticked, or turn to one of those outside, below.
follow-review-nobody = Nobody here is free to look at it: everybody had a part in it, or is too close to it. We are sorry.
follow-review-nobody-then = Those below are outside, and do not depend on us. You can also
follow-review-write = Write to us
follow-review-not-yet = Nothing is decided yet. As soon as something is, you can ask here that somebody else looks at it.
follow-review-open = On { $at } you asked for a review. The { $who } looks at it, and had no part in it so far. You have an answer by { $due }.
follow-review-told = Those who decided know that you asked.
follow-review-not-told = Those who decided are not told that you asked until it is answered.
follow-review-more = If there is more to say, write it in a message.
follow-review-outside = Others who can look at it
follow-review-outside-about = They are outside, and you can turn to them whether or not you ask us. Some want you to have asked us first.
follow-reviewed = On { $at } somebody who had no part in it answered your review:
follow-review-result-stands = They would decide the same.
follow-review-result-partly = Some of it should change.
follow-review-result-again = It is looked at again.
follow-review-result-other = They found something else.
follow-done-review = We have noted it. Somebody who had no part in it has your report now.
contact-need-complaint = Disagreeing with what was decided

## At the end

end-heading = How was it for you?
end-invite = A few questions, if you like. You can leave out any of them, or all.
end-link = Look at the questions
end-lede = You can leave out any of these. Whatever you say, it changes nothing about your report.
end-apart = These are counted, and kept apart from your report
end-apart-where = Nobody can see who said what, not even those who dealt with your report. Your answers wait until five people have answered, and then only the numbers are kept. Small numbers are never shown.
end-wanted = These go to the people who dealt with your report
end-wanted-where = You told us what you want. If you choose something here, it is noted in your report beside each wish, as what you say. If you leave it empty, nothing is noted.
end-reached = All in all, did you get what you wanted?
end-reached-fully = Yes, all of it
end-reached-partly = In part
end-reached-not = No
end-reached-not_wanted = I want something else now
end-safer = Do you feel safer?
end-safer-yes = Yes
end-safer-partly = A little
end-safer-no = No
end-safer-not_sure = I'm not sure
end-listened = Were you listened to?
end-listened-yes = Yes
end-listened-partly = In part
end-listened-no = No
end-listened-not_sure = I'm not sure
end-again = Would you tell us again, if something happened?
end-again-yes = Yes
end-again-no = No
end-again-not_sure = I'm not sure
end-none = I'd rather not say
end-send = Send
end-rather-not = I'd rather not
end-nothing = Please choose something, or go back without an answer
end-done = We have your answers. Thank you. They are counted with those of others, and nobody can find out which are yours. So we can't change them any more either.
end-done-more = If something is not right, please tell us in a message.
end-to-messages = To your messages
follow-done-end = Thank you for your answers.

## On the desk

desk-case-asked = What they say to what we asked and showed
desk-asked-answer = { $at }, to: { $question }
desk-asked-comment = { $at }, to what was shown to them ({ $what })
desk-note-review = They asked for a review on { $at }. Somebody who had no part in it answers by { $due }.
desk-note-review-quiet = They asked you for a review on { $at }, and those who decided do not know of it yet. Please answer by { $due }.
desk-note-request-copy = They asked for a copy of what is held about them on { $at }. The law gives one month from then: take it down under “Requests”, and answer it in the record when it is done.
desk-note-request-reopen = They asked on { $at } that this is opened again. See the record.
desk-note-request-other = They asked for something on { $at }. See the record.
desk-reviews = Reviews that wait for you
desk-reviews-about = People asked that somebody who had no part in it looks again at what was decided. You are the one.
desk-reviews-none = No review waits for you.
desk-reviews-alert = { $count ->
    [one] 1 review waits for you.
   *[other] { $count } reviews wait for you.
}
desk-reviews-link = See what was asked
desk-review = Answer the review
    .about = The person asked that somebody who had no part in it looks again.
desk-review-lede = You had no part in this. Read the case as if nothing were decided, then say what you find. The person reads it on their page.
desk-review-asked = asked { $at }
desk-review-due = by { $at }
desk-review-no-words = They did not say what it is about: look at all of it.
desk-review-quiet = Those who decided do not know of this yet. Please do not talk to them about it before you answer; they see it then.
desk-review-look = Read the case (opens a new tab)
desk-review-reopens = This case is closed. If it is to be looked at again, your answer opens it, and you answer for it from then on. You can share it or hand it on.
desk-ended = What people said at the end
desk-ended-nav = At the end
desk-ended-about = Answers wait until { $batch } people have given theirs, and are then counted together. They are joined to no case, and nobody can find out who said what.
desk-ended-why = A quarter is shown once it is over, so that no number changes afterwards. Numbers below five are hidden, and others with them where the rest would give them away.
desk-ended-nothing = Nothing can be shown yet.
desk-ended-quarter = Quarter { $number } of { $year }
desk-ended-people = { $count } people answered.
desk-ended-hidden = Hidden
desk-ended-none = Left out, or would rather not say

## In the record

record-missing-talk = Nobody has recorded yet a talk with the person about confidentiality and its limits.
record-refused-theirs = These are the person's own words. They stay as they are; you can answer them.
record-refused-not-theirs = Whoever told us sees only what is about themselves. This entry is for somebody else.
record-beside-ask = Ask the person before it
record-beside-shown = Show it to the person

record-talk = Talk about confidentiality
    .new = Record a talk about confidentiality
    .about = What you said about its limits, what the person wished, and what you agreed.
record-ask = Question before a step
    .new = Ask the person before a step
    .about = They are asked and not told, where that is safe. They read your question on their page. If it is not safe, write why.
record-ask_answer = What the person said
    .new = Write down what the person said
    .about = If they answered by phone or in person. What they answer on their page is there by itself.
record-shown = Shown to the person
    .new = Show it to the person
    .about = They see the words below on their page, and can say what they think of them. It begins with the entry: change it, and take out what is about others.
record-comment = What the person says to it
    .new = Write down what the person says to it
    .about = If they said it by phone or in person. It stays beside the entry for as long as that is kept.
record-request = Something that they ask for
    .new = Note what they ask for
    .about = If they ask by phone or in person. What they ask for on their page is there by itself.
record-request_answer = What became of it
    .new = Answer what they ask for
    .about = The person reads what you say on their page.
record-review = Review
    .new = Answer a review
    .about = By somebody who had no part in it.

record-section-talk = Talks about confidentiality
    .about = What was said about its limits, and what the person wished. If they want, they see it on their page.
record-section-ask = Questions before a step
    .about = Those that stand alone. Those that were asked for an entry stand beside it.
record-section-request = What the person asks for
    .about = A copy of what is held about them, to open the case again, or something else.
record-section-review = Reviews
    .about = What somebody who had no part in it found, when the person asked.

record-answer-ask = Write down what the person said
record-answer-shown = Write down what the person says to it
record-answer-request = Answer it

record-correct-talk = Correct this talk
record-correct-ask = Correct this question
record-correct-ask_answer = Correct what you wrote down
record-correct-shown = Change what they see
record-correct-comment = Correct what you wrote down
record-correct-request = Correct what you noted
record-correct-request_answer = Correct this answer

record-open-ask = No answer yet
record-open-request = Not answered yet

record-did-talk = A talk about confidentiality was recorded
record-did-ask = The person was asked before a step
record-did-ask_answer = The person answered a question
record-did-shown = A part of the record was shown to the person
record-did-comment = The person said something to what was shown to them
record-did-request = The person asked for something
record-did-request_answer = What the person asked for was answered
record-did-review = A review was answered

desk-field-talk_on = On which day
desk-field-talk_with = With whom
desk-choice-talk_with-reporter = Whoever told us
desk-choice-talk_with-affected = The person affected
desk-field-talk_by = Who talked with them, if it was not you
desk-field-talk_limits = What was said about the limits: who may have to know, and when
desk-field-talk_wished = What the person wished
    .hint = In their own words.
desk-field-talk_worries = What worries them
desk-field-talk_agreed = What was agreed, and what is done about the worries
desk-field-talk_show = Do they want to see this on their own page?
    .hint = It opens there with their words. If it was with somebody else than whoever told us, or somebody else may see the screen, choose “No”.
desk-choice-talk_show-no = No
desk-choice-talk_show-yes = Yes
desk-field-ask_step = Before which step
desk-choice-ask_step-share = Sharing with a body outside
desk-choice-ask_step-meeting = A meeting
desk-choice-ask_step-speak = Talking to the person of concern
desk-choice-ask_step-close = Closing
desk-choice-ask_step-other = Something else
desk-field-ask_safe = Is it safe to ask them here?
    .hint = They see the question when they come with their words. If somebody else may see it, or time is too short, it may not be.
desk-choice-ask_safe-yes = Yes, ask them
desk-choice-ask_safe-not_safe = No, it is not safe to ask
desk-field-ask_words = The question, as they will read it
    .hint = In plain words: what you would do, why, and what it would mean for them. They choose yes, no, not yet, or that they would rather not say. Needed if you ask.
desk-field-ask_by = By when an answer helps
    .hint = You are reminded if there is none. Needed if you ask.
desk-field-ask_why_not = Why it is not safe to ask
    .hint = Needed if you do not ask.
desk-field-answer_says = What they say
desk-choice-answer_says-yes = Yes
desk-choice-answer_says-no = No
desk-choice-answer_says-not_yet = Not yet; they want to talk first
desk-choice-answer_says-rather_not = They would rather not say
desk-field-answer_words = In their own words
desk-field-shown_words = What they will read
    .hint = Take out names and anything by which somebody else could be known.
desk-field-shown_checked = Before they see it
desk-choice-shown_checked-others = Nothing in it is about other people, or they agree
desk-choice-shown_checked-safe = It is safe for the person to read it, also if somebody else sees their screen
desk-choice-shown_checked-plain = It is in plain words
desk-field-comment_says = What they say
desk-choice-comment_says-agree = It is right
desk-choice-comment_says-not_what_i_said = It isn't what they said, or not how it was
desk-choice-comment_says-comment = They say something about it
desk-field-comment_words = In their own words
    .hint = Needed if they say something about it.
desk-field-request_for = What they ask for
desk-choice-request_for-copy = A copy of what is held about them
desk-choice-request_for-reopen = To open the case again
desk-choice-request_for-other = Something else
desk-field-request_words = In their own words
desk-field-request_result = What becomes of it
desk-choice-request_result-done = It is done
desk-choice-request_result-partly = It is done in part
desk-choice-request_result-no = It can't be done
desk-choice-request_result-later = It takes longer
desk-field-request_said = What we tell them
    .hint = They read it on their page. If it can't be done or takes longer, say why.
desk-field-request_new_on = By when now
    .hint = Needed if it takes longer.
desk-field-review_about = What they asked
desk-field-review_result = What you find
desk-choice-review_result-stands = I would decide the same
desk-choice-review_result-partly = Some of it should change
desk-choice-review_result-again = It should be looked at again
desk-choice-review_result-other = Something else
desk-field-review_words = What you found
    .hint = In plain words. The person reads it on their page.
desk-field-review_notes = Notes for the team
    .hint = Only those who read the case see this.
