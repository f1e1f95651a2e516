# The first run, and the page that is shown before it.

setup-tab = Setting up
setup-not-ready = We are not open yet
setup-not-ready-text = This place is being made ready. Nobody could read what you write here, so please come back later, or talk to a person whom you trust.
setup-not-ready-danger = If somebody is in danger now, call 999. If you can't speak, press 55 on a mobile when asked.
setup-heading = Make this place ready
setup-lede = You need about ten minutes, a phone with an authenticator app, and a printer or pen and paper. Everything but your pass phrase can be changed later.
setup-group-own = Your organisation
setup-group-children = Someone under 18
setup-group-lead = The designated safeguarding lead
setup-name = Full name
setup-short_name = Short name for the browser's tab
    .hint = It should say nothing of safeguarding, so that nobody wonders what was looked at.
setup-exit_url = Where “Leave this page” goes
    .hint = A harmless site that starts with https://
setup-service_hours = When somebody reads what comes in
    .hint = Promise no more than is true.
setup-hours-proposed = We read messages Monday to Friday, 9am to 5pm. Nobody reads them at night, at weekends or on bank holidays.
setup-children_name = Who is told about someone under 18
    .hint = A person or a body, such as your children's lead or the council.
setup-children_phone = Their telephone number
    .hint = You can leave this out.
setup-lead_name = Name
    .hint = Everybody sees it, with the e-mail address and the number.
setup-lead_email = E-mail address
    .hint = You sign in with it.
setup-lead_phone = Telephone number
setup-button = Make it ready
setup-done = Your place is ready
setup-once = The key and the codes on this page are shown only now. Print the page, or write them down, before you go on.
setup-recovery = The recovery key
setup-recovery-text =
    With it, cases can be opened again if every lead has lost their pass phrase. Whoever has it and the database can read everything.

    - Keep it on paper, sealed in an envelope, in a locked place. Never in a file, a photo or a mail.
    - It is best held by somebody who could hardly be named in a report and has no access to the server: a trustee, a solicitor, the host university's safeguarding office.
    - Write on the envelope whom to tell when it is opened.
setup-next = What comes next
setup-next-text =
    1. Sign in, and open “Team”.
    2. Invite an **alternate lead** and an **independent recipient**. Until then a report about you can reach nobody, and the person is told so. From the second on, somebody else in the team confirms whoever joins.
    3. Look at “Organisation” and “Statement”, and make them yours.
    4. Check the contacts on “Get help now”.
setup-already = This place is ready already
setup-already-text = The first run is done and can't be done twice. If it was not you, tell the people who run the server now.
