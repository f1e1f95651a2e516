// The pages that anybody may open. A new one gets a line here, and all the checks with it.
export const publicPages = [
  { path: '/', name: 'home' },
  { path: '/ask', name: 'ask' },
  { path: '/help', name: 'help' },
  { path: '/statement', name: 'statement' },
  { path: '/privacy', name: 'privacy' },
  { path: '/accessibility', name: 'accessibility' },
  { path: '/run', name: 'run' },
  { path: '/listening', name: 'listening' },
  { path: '/categories', name: 'categories' },
]
