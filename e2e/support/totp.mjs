// The codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds).
import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function bytes(base32) {
  const bits = [...base32.replace(/[\s=]/g, '').toUpperCase()]
    .map(letter => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))
}

function code(secret, step) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', bytes(secret)).update(counter).digest()
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** The codes of one secret. Each can be used once, so `next` never gives one twice and waits if it has to. */
export class Codes {
  #secret
  #last = 0

  constructor(secret) { this.#secret = secret }

  async next() {
    const now = () => Math.floor(Date.now() / 30_000)
    const step = Math.max(now(), this.#last + 1)
    // The code after the present one is good already: clocks differ.
    while (step > now() + 1) await sleep(500)
    this.#last = step
    return code(this.#secret, step)
  }
}
