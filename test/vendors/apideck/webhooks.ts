import { createHmac } from 'node:crypto';

/** What Apideck sends to a delivery address. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

let events = 0;

/** An event about one employee (HRIS document, `HrisWebhookEvent`). */
export function employeeEvent(
  type: 'created' | 'updated' | 'deleted' | 'terminated',
  about: {
    readonly id: string;
    readonly serviceId: string;
    readonly consumerId: string;
    readonly at: number;
  },
): Readonly<Record<string, unknown>> {
  return {
    payload: {
      event_type: `hris.employee.${type}`,
      unified_api: 'hris',
      service_id: about.serviceId,
      consumer_id: about.consumerId,
      event_id: `event-${(events += 1)}`,
      entity_id: about.id,
      entity_url: `https://unify.apideck.com/hris/employees/${encodeURIComponent(about.id)}`,
      entity_type: 'employee',
      occurred_at: new Date(about.at).toISOString(),
      execution_attempt: 1,
    },
  };
}

/** The body as it is sent, and the signature over its sorted form. */
export function signed(event: Readonly<Record<string, unknown>>, apiKey: string): Delivery {
  const signature = createHmac('sha256', apiKey)
    .update(JSON.stringify(inOrder(event)))
    .digest('hex');
  const { event_type: type, event_id: id } = (event['payload'] ?? {}) as Record<string, string>;
  return {
    headers: {
      'content-type': 'application/json',
      'x-apideck-event-type': type ?? '',
      'x-apideck-idempotency-key': id ?? '',
      'x-apideck-signature': signature,
    },
    body: JSON.stringify(event),
  };
}

/** Sent when a webhook is made, unsigned (our model: the help page names no signature). */
export const validation: Delivery = {
  headers: { 'content-type': 'application/json', 'x-apideck-event-type': 'apideck.subscription.created' },
  body: '{"message":"Validating delivery URL"}',
};

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, inOrder((value as Record<string, unknown>)[key])]));
}
