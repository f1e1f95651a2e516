// Starts the built program on a free port, on either database: the demonstration, or an empty installation.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Codes } from './totp.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const program = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug', 'safehold')

/** The databases that a journey should run on: PostgreSQL too when `./test` has started one. */
export const databases = process.env.SAFEHOLD_TEST_POSTGRES_URL ? ['sqlite', 'postgres'] : ['sqlite']

/** The last thing that each command prints when it begins to answer. */
const READY = { demo: /SAFEHOLD-RECOVERY-\d+ \S+/, serve: /\/setup\?token=\S+/ }

/**
 * Starts a server and waits until it has printed all that it prints at the start.
 * `host` is the host name of its public address: the program is then told so, as behind a proxy. Passkeys need one.
 * Gives its address, what it printed, the folder of its data, who can sign in, the words of reporters, and `stop`.
 */
export async function startServer({ command = 'demo', database = 'sqlite', args = [], env = {}, host } = {}) {
  const port = host ? await freePort() : 0
  const named = host ? ['--base-url', `http://${host}:${port}`] : []
  const folder = mkdtempSync(join(tmpdir(), 'safehold-e2e-'))
  const postgres = database === 'postgres' ? createDatabase() : undefined
  const child = spawn(program, [command, '--listen', `127.0.0.1:${port}`, '--data', folder, ...named, ...args], {
    cwd: folder,
    env: { ...process.env, ...(postgres ? { SAFEHOLD_DATABASE: postgres.url } : {}), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready within 60 s:\n${output}`)), 60_000)
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        output += line + '\n'
        if (READY[command].test(line)) { clearTimeout(timer); resolve() }
      })
    }
    child.on('error', reject)
    child.on('exit', code => reject(new Error(`ended with ${code}:\n${output}`)))
  })
  return {
    address: host ? `http://${host}:${port}` : output.match(/http:\/\/127\.0\.0\.1:\d+/)[0],
    setUp: output.match(/http:\/\/\S+\/setup\?token=\S+/)?.[0],
    people: people(output),
    words: words(output),
    folder,
    get output() { return output },
    async stop() {
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
      postgres?.drop()
    },
  }
}

/** Who can sign in, by role: `{ 'designated lead': { email, pass, codes } }`. */
function people(output) {
  const found = {}
  const lines = /^ {2}([a-z ]+): (\S+@\S+)\n {4}pass phrase: (.+)\n(?: {4}.*\n)*? {4}authenticator secret: (\w+)/gm
  for (const [, role, email, pass, secret] of output.matchAll(lines)) {
    found[role] = { email, pass, codes: new Codes(secret) }
  }
  return found
}

/** The words of those who reported, in the order in which they are printed. */
function words(output) {
  return [...output.matchAll(/^ {4}((?:[a-z-]+ ){6}[a-z-]+)$/gm)].map(([, seven]) => seven)
}

/** A port that nobody listens at, for a program that has to know it beforehand. */
async function freePort() {
  const server = createServer()
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise(resolve => server.close(resolve))
  return port
}

function createDatabase() {
  const server = process.env.SAFEHOLD_TEST_POSTGRES_URL
  const name = `e2e_${process.pid}_${Math.floor(performance.now() * 1000)}`
  const sql = text => execFileSync('psql', [server, '-q', '-v', 'ON_ERROR_STOP=1', '-c', text])
  sql(`CREATE DATABASE ${name}`)
  return {
    url: server.replace(/\/[^/?]*(\?|$)/, `/${name}$1`),
    drop: () => sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}
