// Starts the built program with a demonstration organisation on a free port, on either database.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const program = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug', 'safehold')

/** The databases that a journey should run on: PostgreSQL too when `./test` has started one. */
export const databases = process.env.SAFEHOLD_TEST_POSTGRES_URL ? ['sqlite', 'postgres'] : ['sqlite']

/**
 * Starts a server and waits until it has printed its address.
 * Gives its address, what it printed, the folder of its data, and `stop`.
 */
export async function startServer({ database = 'sqlite', args = [], env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'safehold-e2e-'))
  const postgres = database === 'postgres' ? createDatabase() : undefined
  const child = spawn(program, ['demo', '--listen', '127.0.0.1:0', '--data', folder, ...args], {
    env: { ...process.env, ...(postgres ? { SAFEHOLD_DATABASE: postgres.url } : {}), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const address = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address within 60 s:\n${output}`)), 60_000)
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        output += line + '\n'
        const found = line.match(/http:\/\/127\.0\.0\.1:\d+/)
        // The line after the address may hold sign-ins: wait for the rest of what is printed at once.
        if (found) setTimeout(() => { clearTimeout(timer); resolve(found[0]) }, 200)
      })
    }
    child.on('error', reject)
    child.on('exit', code => reject(new Error(`ended with ${code}:\n${output}`)))
  })
  return {
    address,
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

function createDatabase() {
  const server = process.env.SAFEHOLD_TEST_POSTGRES_URL
  const name = `e2e_${process.pid}_${Math.floor(performance.now() * 1000)}`
  const sql = text => execFileSync('psql', [server, '-q', '-v', 'ON_ERROR_STOP=1', '-c', text])
  sql(`CREATE DATABASE ${name}`)
  return {
    url: server.replace(/\/[^/]*$/, `/${name}`),
    drop: () => sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}
