# Keeping the team, the organisation's details, one's own account, and joining.

team-heading = Team
team-join-tab = Join
team-state-invited = Invited
team-state-joined = Waits to be confirmed
team-state-active = Has joined
team-state-left = Has left
team-away = Away:
team-away-link = Times away
team-again-link = Invite again
team-leave-link = Leaves the team
team-away-days = { $from } to { $until }
team-done-left = They have left the team. All their keys are gone.
team-done-confirmed = Confirmed. They can sign in, and new reports can reach them.
team-done-away = The times away are saved.
team-last = Nobody could receive reports any more, so nothing was changed. Invite somebody else first.

team-only-you = You would be the only one left who can confirm others, so nothing was changed. They can leave by themselves, or you invite somebody else first, whom they confirm. If they can't, the recovery key can confirm somebody.
team-only-reader = There is a case that nobody else may read. Invite somebody who is no part of it, and share it with them, or ask whoever keeps the recovery key. Then leave.
team-second-person = Somebody else has to confirm them: not you, because you invited them.
team-waits = Somebody else has to confirm them: not the person who invited them.
team-waits-for-you = They have joined, and wait for you to confirm them.
team-confirm-link = Confirm
team-confirm = Confirm { $name }
team-confirm-settled = There is nothing to confirm: they have not joined yet, or somebody has confirmed them already.
team-invited-by = Invited by
team-confirm-text =
    You are the second person. Until you confirm them, they can't sign in and nothing is sealed to them.

    - Talk with them, face to face or on a number that you know from elsewhere, and ask whether it was they who joined.
    - Check that the e-mail address is theirs.
    - If something is not right, do not confirm them. Choose “Leaves the team” for them, and talk with the others.
team-confirm-button = I know them, and it was they who joined
team-alert-confirm = { $count ->
    [one] Somebody has joined the team and waits for you to confirm them.
   *[other] { $count } people have joined the team and wait for you to confirm them.
 }
team-alert-changed = { $count ->
    [one] The team has changed within the last week.
   *[other] The team has changed { $count } times within the last week.
 }
team-alert-to-changes = See what changed
team-changes = What changed in the team
team-changes-link = What changed, and who did it
team-changes-lede = From the record that nobody can change unseen. Look whether there is anything that you did not expect.
team-change-recovery = Whoever keeps the recovery key
team-change-invited = { $name } was invited as { $role }
team-change-invited_again = { $name }, { $role }, was invited again
team-change-joined = { $name }, { $role }, joined, and waits to be confirmed
team-change-joined_unconfirmed = { $name }, { $role }, joined. Nobody else was there to confirm it
team-change-confirmed = { $name }, { $role }, was confirmed
team-change-confirmed_by_recovery = { $name }, { $role }, was confirmed with the recovery key
team-change-left = { $name }, { $role }, left the team
team-change-away_noted = A time away of { $name } was noted
team-change-away_removed = A time away of { $name } was taken out
team-change-pass_changed = { $name } changed their own pass phrase
team-change-session_ended = { $name } signed out of another place

team-invite = Invite somebody
team-invite-lede = They get a link that works once, choose a pass phrase, and then have a key of their own. A second person in the team confirms them before anything reaches them.
team-invite-button = Invite
team-role = Role
team-role-missing = Choose a role
team-role-lead = Designated lead
    .about = Receives reports, decides and answers.
team-role-alternate = Alternate lead
    .about = The same, when the lead is away or is part of a report. Also the second person who checks.
team-role-sponsor = Independent recipient (sponsor)
    .about = Receives what concerns the leads, and what waits too long.
team-role-university = Host university
    .about = Reads what is shared with it, and what concerns everybody else.
team-role-caseworker = Caseworker
    .about = Works on the cases that a lead shares.
team-role-administrator = Administrator
    .about = Keeps this list and the organisation's details. Reads no case.
team-name = Name
    .hint = The full name that people know them by. Reports that name them never reach them.
team-name-missing = Write a name of up to 200 letters
team-email-wrong = Write an e-mail address, such as name@place.org
team-email-taken = Somebody in the team has this address already
team-phone = Telephone number
team-invited = { $name } is invited
team-invited-once = This link is shown only now. Copy it before you go on.
team-invited-days = It works once, within { $days } days.
team-invited-text =
    - It is shown because no mail server is set up here. With one, it goes to them and you do not see it, which is safer.
    - Hand it to them yourself: in person, or in a message that only they can read. Whoever has the link can join in their place.
    - When they have joined, a second person in the team confirms them. It can't be you, if anybody else is there.
    - If it gets lost, choose “Invite again”: the old link then stops working.
team-invited-mailed = The link to join with goes to { $email }, and to nobody else.
team-invited-mailed-text =
    - Tell them that it comes, so that they know it is from you.
    - When they have joined, a second person in the team confirms them. It can't be you, if anybody else is there.
    - If it does not arrive, look whether the address is right, and choose “Invite again”: the old link then stops working.
team-again = Invite { $name } again
team-again-button = Make a new link
team-again-text = The old link stops working, and you get a new one to hand over.
team-again-mailed-text = The old link stops working, and a new one goes to their e-mail address.
team-again-lost = They lose the key that they have now
team-again-lost-text =
    This is for somebody who has lost their pass phrase or their phone and all recovery codes.

    - They are signed out everywhere, and their old key is taken away for good.
    - When they have joined anew, a second person confirms them.
    - Cases must be shared with them anew by somebody who can read them. A case that only they can read needs the recovery key.
    - Make sure that it is really them who asks: call them on a number that you know.
team-leave = { $name } leaves the team
team-leave-me = This is you. You will be signed out and can't undo it yourself.
team-leave-text =
    - They are signed out everywhere, and every key of theirs is taken away.
    - What they did stays on record under their name.
    - Whoever leaves by themselves hands over: cases that only they could read go to who may read them next.
    - Somebody else who is taken out can't hand over. What only they could read then waits for the recovery key, so ask whoever keeps it to use it now, whether you know of such a case or not.
    - The others in the team are told.
team-leave-button = Take them out of the team

team-account = Your account
team-away-heading = When { $name } is away
team-away-text = While somebody is away, new reports go to the next in order, so nobody waits. Both days count.
team-away-none = No time away is noted.
team-away-from = First day away
team-away-until = Last day away
team-away-add = Note it
team-away-remove = Take it out
team-away-from-wrong = The first day must be a day that exists, such as 27 3 2027
team-away-until-wrong = The last day must be a day that exists, such as 31 3 2027
team-away-order = The last day can't be before the first

team-prove = Is it still you?
team-prove-lede = Before the team or your sign-ins change, please type your pass phrase again. Then you are not asked for { $minutes } minutes.
team-prove-kept = What you typed is kept.
team-prove-wrong = This is not your pass phrase
team-sessions = Where you are signed in
team-sessions-text = If you do not know one of these, end it and change your pass phrase.
team-session-this = This one
team-session-since = Signed in { $at }
team-session-seen = Last used { $at }
team-session-end = End it
team-sessions-end = End all others
team-done-ended = That sign-in has ended.
team-pass = Pass phrase
    .hint = Four or five words that do not belong together are good: long, easy to say, and nowhere written in a book. A password manager may make one. You can paste.
team-pass-present = Your pass phrase now
team-pass-new = New pass phrase
team-pass-again = The same once more
team-pass-change = Change your pass phrase
team-pass-change-text = You are signed out everywhere, and sign in with the new one.
team-pass-differs = The two are not the same. Please type both again
team-pass-present-wrong = This is not your pass phrase of now
team-pass-weak = This would be too easy to guess. { $why }
team-pass-add-another-word = Add another word or two.
team-pass-add-words = Add another word or two.
team-pass-use-a-few-words = Use a few words, and no common saying.
team-pass-no-need-for-symbols = It needs no symbols, digits or capitals.
team-pass-capitals-help-little = Capitals help little.
team-pass-all-capitals-help-little = All capitals are as easy to guess as none.
team-pass-reversing-helps-little = Words backwards are not much harder to guess.
team-pass-substitutions-help-little = “@” in place of “a” helps little.
team-pass-longer-keyboard-pattern = Use a longer way over the keyboard, with more turns.
team-pass-avoid-repeats = Do not repeat words and letters.
team-pass-avoid-sequences = Leave out sequences such as abc.
team-pass-avoid-recent-years = Leave out recent years.
team-pass-avoid-your-years = Leave out years that have to do with you.
team-pass-avoid-your-dates = Leave out dates that have to do with you.
team-pass-row-of-keys = Keys in a row are easy to guess.
team-pass-keyboard-pattern = Short ways over the keyboard are easy to guess.
team-pass-repeated-letters = Letters like “aaa” are easy to guess.
team-pass-repeated-pattern = “abcabc” is hardly better than “abc”.
team-pass-top-10-password = It is one of the ten that most people use.
team-pass-top-100-password = It is one of the hundred that most people use.
team-pass-common-password = Many people use it.
team-pass-like-common-password = It is close to one that many people use.
team-pass-sequence = Sequences such as abc or 6543 are easy to guess.
team-pass-recent-year = Recent years are easy to guess.
team-pass-single-word = One word by itself is easy to guess.
team-pass-date = Dates are easy to guess.
team-pass-single-name = A name by itself is easy to guess.
team-pass-common-name = Common names are easy to guess.

team-app = Authenticator app
team-app-text = Besides the pass phrase you need a code from an app on your phone, such as Aegis, FreeOTP or Google Authenticator. Open the app and point it at this picture.
team-app-qr = A code for your authenticator app. The same secret is written below.
team-app-typed = Or type this into the app:
team-code = Six-digit code
    .hint = The one that the app shows now. You can paste.
team-code-wrong = This code does not fit. Type the one that the app shows now, and check that the clock of your phone is right
team-codes = Recovery codes
team-codes-once = The recovery codes are shown only now. Print this page, or write them down, before you go on.
team-codes-text =
    Each works once, in place of the six digits, when you can't reach your phone. Keep them on paper, away from your computer. They do not replace your pass phrase.

team-join = Welcome, { $name }
team-join-lede = Choose what you sign in with. Your key is made here, and only your pass phrase opens it.
team-join-email = You sign in with { $email }.
team-join-button = Join
team-joined = You have joined
team-joined-waits = Before you can sign in
team-joined-waits-text =
    Somebody in the team, other than the person who invited you, now confirms that it was you. They may call you. You get an e-mail when it is done, if mail is set up here; else they tell you.
team-no-invitation = This invitation is not good any more
team-no-invitation-text = It was used already, is older than seven days, or a newer one was made. Ask the person who invited you for a new link. If you have joined, you can sign in.

team-org = Organisation
team-org-lede = What the public pages say. Changes are seen at once.
team-org-saved = Saved. The public pages show it now.
team-org-group-own = The organisation
team-org-group-designated = Designated lead
    .about = Everybody sees these before any form. Who receives reports is decided on the team page.
team-org-group-alternate = Alternate lead
team-org-group-independent = Independent recipient
team-org-group-children = Someone under 18
team-org-group-host = Host body
team-org-group-links = Links
team-org-name = Full name
team-org-short_name = Short name for the browser's tab
    .hint = It should say nothing of safeguarding.
team-org-nation = Nation
team-org-exit_url = Where “Leave this page” goes
    .hint = A harmless site that starts with https://
team-org-text_relay = How to phone through text relay
team-org-service_hours = When somebody reads what comes in
    .hint = Promise no more than is true.
team-org-postal_address = Where a paper report can be sent or handed in
team-org-lead-name = Name
team-org-lead-pronouns = Pronouns
team-org-lead-phone = Telephone number
team-org-lead-email = E-mail address
team-org-lead-hours = When they can be reached
team-org-contact-name = Name
team-org-contact-policy_url = Its policy on the web
team-org-contact-phone = Telephone number
team-org-contact-email = E-mail address
team-org-core_values = Core values
team-org-community_commitments = Community commitments
team-org-safety_tips = Safety tips
team-org-anti_racism = Living definition of anti-racism
team-org-guides = Other guides
    .hint = One a line: title, a bar, address. For example: Getting ready | https://example.org/ready
team-org-checked = I have looked today: the living definition of anti-racism is still there
team-org-error-url = It must be a web address that starts with https://
team-org-error-guides = Each line needs a title, a bar and a web address that starts with https://
team-org-error-phone = It must be a telephone number: digits, spaces, +, brackets or hyphens
team-org-error-email = It must be an e-mail address, and no other lead's
team-org-error-empty = It can't be empty

team-statement = Statement
team-statement-lede = A new version takes the place of the present one. Older ones stay readable.
team-statement-title = Title
team-statement-on = The day from which it holds
team-statement-note = What changed
    .hint = In a sentence or two, for everybody.
team-statement-text = Text
    .hint = Markdown: # for a heading, - for a list. A paragraph that begins with a number, such as 4.2, can be linked to.
team-statement-look = Look at it first
team-statement-publish = Publish
team-statement-preview = How it will look
team-statement-done = The new version is published.
team-statement-see = See it
team-statement-title-missing = Write a title
team-statement-note-missing = Write what changed
team-statement-text-missing = Write the text
team-statement-text-long = The text can hold up to 200,000 characters. Please shorten it
team-statement-day-wrong = The day must be one that exists, such as 27 3 2027
