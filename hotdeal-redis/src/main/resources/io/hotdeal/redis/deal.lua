-- What every verb knows of a deal; put in front of each of them.
-- KEYS: {deal}-quantity, {deal}-deal, {deal}-held, {deal}-settled, {deal}-buyers
-- The content of an order is 'units:buyer'. A held claim is 'units:buyer:deadline', in the store's milliseconds; what is
-- sold is 's:units:buyer' (settled) or 'n:units:buyer' (noted: took no units, but counts for its buyer), and 'r:units:buyer'
-- once it is given back. An id is in one of the two at a time.
local QUANTITY, DEAL, HELD, SETTLED, BUYERS = unpack(KEYS)
local TYPES = {'string', 'hash', 'hash', 'hash', 'hash'}
local TERMS = {'quantity', 'limit', 'opens', 'closes', 'hold'}
local TERMS_VERSION = 'terms' -- the name of its field in the store
local FIELDS = {
  'quantity', 'limit', 'opens', 'closes', 'hold', 'version', 'closed', 'claimed', 'settled', 'noted', TERMS_VERSION,
  'paused', 'returned'
}
local COUNTS = {'version', 'claimed', 'settled', 'noted', 'returned'}
-- Earlier scripts did not know these fields: they neither write nor remove them.
local MISSING = {noted = '0', [TERMS_VERSION] = '1', paused = '0', returned = '0'}
local CHUNK = 4000 -- unpack() has room for 8000; even, so that pairs stay together

-- Every write: the first one that is refused leaves everything as it was, and says why as Redis says it; of a later one
-- we say that the writes before it stand.
local wrote = false
local function write(...)
  if not wrote then
    local reply = redis.call(...)
    wrote = true
    return reply
  end
  local reply = redis.pcall(...)
  if type(reply) == 'table' and reply.err then error('HOTDEAL half written: ' .. reply.err) end
  return reply
end

-- What a script answers that wrote nothing. A replica would answer it too, from what it last heard; it may not write,
-- not even this nothing, and says READONLY.
local function unchanged(result)
  if not wrote then redis.call('HDEL', HELD, '') end
  return result
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function whole(key, text)
  if type(text) == 'string' and #text <= 16 and text:match('^%d+$') then
    return tonumber(text)
  end
  return nil, 'HOTDEAL ' .. key .. " holds '" .. tostring(text):sub(1, 64) .. "', not a whole number"
end

local function present()
  local there = {}
  for i, key in ipairs(KEYS) do
    local found = redis.call('TYPE', key).ok
    if found ~= 'none' and found ~= TYPES[i] then
      return nil, 'HOTDEAL ' .. key .. ' is a ' .. found .. ', not a ' .. TYPES[i]
    end
    there[i] = found ~= 'none'
  end
  return there
end

-- Redis loses whole keys: a deal is known only as long as every key that it must have is there.
local function complete(deal, there)
  local sold = deal.settled + deal.noted
  return there[1]
    and (there[3] or deal.claimed == 0)
    and (there[4] or sold + deal.returned == 0)
    and (there[5] or deal.claimed + sold == 0 or deal.limit == 0)
end

-- The deal as it stands (known: whole, standing: its hash is there, traces: any key is there), or nil and what is wrong.
local function read()
  local there, fault = present()
  if fault then return nil, fault end
  local deal = {standing = there[2], traces = there[1] or there[2] or there[3] or there[4] or there[5]}
  if there[2] then
    local values = redis.call('HMGET', DEAL, unpack(FIELDS))
    for i, field in ipairs(FIELDS) do
      deal[field], fault = whole(DEAL .. ' ' .. field, values[i] or MISSING[field])
      if fault then return nil, fault end
    end
    deal.known = complete(deal, there)
  end
  if there[1] then
    deal.remaining, fault = whole(QUANTITY, redis.call('GET', QUANTITY))
    if fault then return nil, fault end
  end
  return deal
end

-- Field -> value of a hash, for those of these fields that are there.
local function fetch(key, fields)
  local values = {}
  for first = 1, #fields, CHUNK do
    local got = redis.call('HMGET', key, unpack(fields, first, math.min(first + CHUNK - 1, #fields)))
    for i, value in ipairs(got) do
      if value then values[fields[first + i - 1]] = value end
    end
  end
  return values
end

-- One command over a list of any length, or over its first elements.
local function send(command, key, list, length)
  local last = length or #list
  for first = 1, last, CHUNK do
    write(command, key, unpack(list, first, math.min(first + CHUNK - 1, last)))
  end
end

-- Key and value, again and again, as HSET takes them.
local function flat(values)
  local list = {}
  for key, value in pairs(values) do
    list[#list + 1] = key
    list[#list + 1] = value
  end
  return list
end

-- ARGV of the verbs that take orders: id, content, again and again; behind them at most one of the verb's. The visitor
-- also gets the place of the content in ARGV.
local function each_order(visit)
  for i = 1, #ARGV - 1, 2 do
    visit(ARGV[i], ARGV[i + 1], i + 1)
  end
end

local function order_ids()
  local ids, n = {}, 0
  for i = 1, #ARGV - 1, 2 do
    n = n + 1
    ids[n] = ARGV[i]
  end
  return ids
end

local function parts(content)
  local units, buyer = content:match('^(%d+):(.+)$')
  return tonumber(units), buyer
end

-- Content, units and deadline of a held claim, or nil where what is written is not ours.
local function held_claim(text)
  return text:match('^((%d+):[^:]+):(%d+)$')
end

-- Buyer -> units of those who are in the orders, or nil and what is wrong.
local function bought_so_far()
  local buyers = {}
  each_order(function(_, content)
    local _, buyer = parts(content)
    buyers[#buyers + 1] = buyer
  end)
  local bought, fault = fetch(BUYERS, buyers), nil
  for buyer, units in pairs(bought) do
    bought[buyer], fault = whole(BUYERS .. ' ' .. buyer, units)
    if fault then return nil, fault end
  end
  return bought
end

-- Writes the units of these buyers; those who have none are removed, first, as that is allowed when memory is full.
local function save_buyers(buyers, bought)
  local fewer, gone = {}, {}
  for buyer in pairs(buyers) do
    if bought[buyer] > 0 then
      fewer[#fewer + 1] = buyer
      fewer[#fewer + 1] = bought[buyer]
    else
      gone[#gone + 1] = buyer
    end
  end
  send('HDEL', BUYERS, gone)
  send('HSET', BUYERS, fewer)
end

-- A version is the store's clock in microseconds, pushed on where it stands still: a rebuilt deal never repeats one.
local function touch(deal)
  deal.version = math.max((deal.version or 0) + 1, time[1] * 1000000 + time[2])
end

-- A deal with the terms that stand in ARGV behind so many arguments, of which nothing is known; behind the terms may
-- come whether it is closed, whether it is paused, and the version of the terms.
local function created(before, version)
  local deal = {claimed = 0, settled = 0, noted = 0, returned = 0, version = version}
  for i, term in ipairs(TERMS) do
    deal[term] = tonumber(ARGV[before + i])
  end
  deal.closed = tonumber(ARGV[before + #TERMS + 1] or 0)
  deal.paused = tonumber(ARGV[before + #TERMS + 2] or 0)
  deal[TERMS_VERSION] = tonumber(ARGV[before + #TERMS + 3] or 1)
  deal.remaining = deal.quantity
  touch(deal)
  return deal
end

local function write_fields(deal, fields)
  write('SET', QUANTITY, string.format('%.0f', deal.remaining))
  local values = {}
  for _, field in ipairs(fields) do
    values[#values + 1] = field
    values[#values + 1] = string.format('%.0f', deal[field])
  end
  write('HSET', DEAL, unpack(values))
end

-- All of the deal, where it is new or its terms change.
local function save(deal)
  write_fields(deal, FIELDS)
end

-- What orders change of it.
local function save_counts(deal)
  write_fields(deal, COUNTS)
end
