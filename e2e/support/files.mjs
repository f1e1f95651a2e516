// Small files as people send them, each with something hidden in it.
import { crc32, deflateSync } from 'node:zlib'

const hidden = 'Quill Phone 9, N51.4545'

function chunk(kind, content) {
  const body = Buffer.concat([Buffer.from(kind), content])
  const frame = Buffer.alloc(4)
  frame.writeUInt32BE(content.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([frame, body, sum])
}

/** A picture of one colour, and a note of where and with what it was made. */
export function png(width = 48, height = 32) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(3 * width, 0x5a)])
  const lines = Buffer.concat(Array.from({ length: height }, () => line))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('tEXt', Buffer.from(`Comment\0${hidden}`, 'latin1')),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A second of a tone, and a note of where and with what it was recorded. */
export function wav() {
  const rate = 8000
  const data = Buffer.from(Array.from({ length: rate }, (_, at) => 128 + Math.round(60 * Math.sin(at / 4))))
  const part = (id, content) => {
    const size = Buffer.alloc(4)
    size.writeUInt32LE(content.length)
    return Buffer.concat([Buffer.from(id), size, content, Buffer.alloc(content.length % 2)])
  }
  const form = Buffer.alloc(16)
  form.writeUInt16LE(1, 0)
  form.writeUInt16LE(1, 2)
  form.writeUInt32LE(rate, 4)
  form.writeUInt32LE(rate, 8)
  form.writeUInt16LE(1, 12)
  form.writeUInt16LE(8, 14)
  const inner = Buffer.concat([Buffer.from('WAVE'), part('fmt ', form), part('bext', Buffer.from(hidden)), part('data', data)])
  return part('RIFF', inner)
}

/** Whether what was hidden is still there. */
export const tells = bytes => bytes.includes('Quill') || bytes.includes('N51')
