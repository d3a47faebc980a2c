import { repacked, sizeOf } from '../images.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import type { Company } from './company.ts';
import { refusal } from './refusal.ts';

const sizes = ['original', 'large', 'medium', 'small', 'xs', 'tiny'];

/**
 * `employees/{id}/photo` and `employees/{id}/photo/{size}`, as the vendor's document has them; `undefined` for other paths.
 * Of the formats that the vendor takes only PNG is read here.
 */
export function answerPhotos(
  path: string,
  request: VendorRequest,
  company: Company,
): VendorAnswer | undefined {
  const found = /^employees\/([^/]+)\/photo(?:\/([^/]+))?$/.exec(path);
  if (found === null) return undefined;
  const [, id = '', size] = found;
  if (company.hidden.has('photo')) return refusal(403, 'no permission for this photo');
  if (!company.employees.has(id)) return refusal(404, 'no such employee');
  if (size === undefined) return upload(id, request, company);
  const photo = company.photos.get(id);
  if (photo === undefined || !sizes.includes(size)) return refusal(404, 'no photo on file');
  // Every size but the original is packed anew; the type is JPEG whatever it is.
  const body = size === 'original' ? photo : repacked(photo);
  return { status: 200, headers: { 'content-type': 'image/jpeg' }, body };
}

function upload(id: string, request: VendorRequest, company: Company): VendorAnswer {
  const file = fileIn(request);
  if (file === undefined || file.length === 0) return refusal(400, 'no file provided');
  if (file.length > 20 * 1024 * 1024) return refusal(413, 'larger than 20MB');
  const size = sizeOf(file);
  if (size === undefined) return refusal(415, 'not a supported image');
  if (Math.abs(size.width - size.height) > 1) return refusal(415, 'not square');
  if (size.width < 150 || size.height < 150) return refusal(415, 'smaller than 150x150');
  company.photos.set(id, Buffer.from(file));
  return { status: 201 };
}

/** The part named `file` of a form (RFC 7578). */
function fileIn({ headers, bytes }: VendorRequest): Buffer | undefined {
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return undefined;
  const begin = bytes.indexOf('\r\n\r\n');
  const end = bytes.indexOf(`\r\n--${boundary}--\r\n`);
  const head = bytes.toString('latin1', 0, Math.max(begin, 0)).toLowerCase();
  const isFile = head.startsWith(`--${boundary}\r\n`) && head.includes('name="file"; filename="');
  return isFile && end > begin ? bytes.subarray(begin + 4, end) : undefined;
}
