/** Users, orders with their lines, and the events that were taken: copies of what the orders' tables hold. */
export const coreData = [
  `CREATE TABLE users (
    user_id text PRIMARY KEY,
    name text NOT NULL,
    email text,
    version bigint NOT NULL DEFAULT 0
  )`,
  'CREATE INDEX users_by_name ON users (name, user_id)',
  `CREATE TABLE orders (
    order_id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users (user_id),
    status text NOT NULL CHECK (status IN ('CONFIRMED', 'FAILED')),
    currency text,
    total bigint,
    placed_at timestamptz,
    ended_at timestamptz NOT NULL,
    told_at timestamptz NOT NULL,
    failure text,
    version bigint NOT NULL
  )`,
  'CREATE INDEX orders_by_user ON orders (user_id)',
  "CREATE INDEX confirmed_orders_by_end ON orders (ended_at) WHERE status = 'CONFIRMED'",
  `CREATE TABLE order_lines (
    order_id text NOT NULL REFERENCES orders (order_id) ON DELETE CASCADE,
    line integer NOT NULL,
    sku text NOT NULL,
    quantity integer NOT NULL,
    unit_price bigint NOT NULL,
    PRIMARY KEY (order_id, line)
  )`,
  `CREATE TABLE projected_events (
    event_id text PRIMARY KEY,
    happened_at timestamptz NOT NULL
  )`,
  'CREATE INDEX projected_events_by_time ON projected_events (happened_at)',
];
