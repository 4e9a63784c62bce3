-- Takes each order's units, all or none, in list order. A known id is answered from its claim, before all else; if the
-- order has its own hold, a held claim becomes overdue no earlier than that from now.
-- ARGV: per order id and content; then the units of all together, or 0 where an id stands twice; then, only if an order
--       has its own hold: the holds (ms) of all, as '0,60000,0', 0 for the deal's
-- Result: 'all' and what is left, where every order is claimed; or per order a word and a number: what is left
--         (claimed, replayed, sold-out), the limit (limit-reached) or 0
local deal, fault = read()
if fault then return redis.error_reply(fault) end

-- Place of a content in ARGV -> the deadline by the order's own hold. The holds leave ARGV, as each_order needs it.
local own = {}
if #ARGV % 2 == 0 then
  local place = 0
  for hold in table.remove(ARGV):gmatch('%d+') do
    place = place + 2
    own[place] = hold ~= '0' and now + tonumber(hold) or nil
  end
end

local ids = order_ids()
local held, settled = fetch(HELD, ids), fetch(SETTLED, ids)
local limited = deal.known and deal.limit > 0
local bought = {}
if limited then
  bought, fault = bought_so_far()
  if fault then return redis.error_reply(fault) end
end

local shut = nil
if not deal.known then
  shut = 'unknown-deal'
elseif deal.closed == 1 or now >= deal.closes then
  shut = 'closed'
elseif now < deal.opens then
  shut = 'not-yet-open'
elseif deal.paused == 1 then
  shut = 'paused'
end

local function ending(deadline)
  return string.format(':%.0f', deadline)
end
local usual = deal.known and ending(now + deal.hold)

-- The claims, as id and held claim, of which so many units are new.
local function save_claims(claims, length, units)
  send('HSET', HELD, claims, length)
  deal.remaining = deal.remaining - units
  deal.claimed = deal.claimed + units
  touch(deal)
  save_counts(deal)
end

-- The common case, as a whole: all ids are new and differ, nobody is limited, and it is enough for all.
local total = tonumber(ARGV[#ARGV])
if total > 0 and not shut and not limited and total <= deal.remaining and not next(held) and not next(settled) then
  for i = 2, #ARGV - 1, 2 do
    ARGV[i] = ARGV[i] .. (own[i] and ending(own[i]) or usual)
  end
  save_claims(ARGV, #ARGV - 1, total)
  return {'all', deal.remaining}
end

local changed, taken, buyers = {}, 0, {}
local function hold(id, content, deadline)
  held[id] = content .. deadline
  changed[#changed + 1] = id
  changed[#changed + 1] = held[id]
end

local function take(id, content, units, buyer, deadline)
  hold(id, content, deadline)
  if limited then
    bought[buyer] = (bought[buyer] or 0) + units
    buyers[buyer] = bought[buyer]
  end
  taken = taken + units
end

-- Any state is a claim, also one that only a later version knows.
local function same(id, content)
  if settled[id] then return settled[id]:match('^%a:(.*)$') == content end
  return held[id]:sub(1, #content + 1) == content .. ':'
end

-- What is settled has no deadline, and what is not ours stays as it is.
local function extend(id, deadline)
  local content, _, current = held_claim(held[id] or '')
  if current and tonumber(current) < deadline then
    hold(id, content, ending(deadline))
  end
end

local results = {}
each_order(function(id, content, place)
  local word, number = shut, 0
  if deal.known and (held[id] or settled[id]) then
    if same(id, content) then
      word, number = 'replayed', deal.remaining - taken
      if own[place] then extend(id, own[place]) end
    else
      word = 'conflict'
    end
  elseif not shut then
    local units, buyer = parts(content)
    if limited and (bought[buyer] or 0) + units > deal.limit then
      word, number = 'limit-reached', deal.limit
    elseif units > deal.remaining - taken then
      word, number = 'sold-out', deal.remaining - taken
    else
      take(id, content, units, buyer, own[place] and ending(own[place]) or usual)
      word, number = 'claimed', deal.remaining - taken
    end
  end
  results[#results + 1] = word
  results[#results + 1] = number
end)

if taken > 0 then
  send('HSET', BUYERS, flat(buyers))
  save_claims(changed, #changed, taken)
  return results
end
unchanged(results) -- its HDEL is allowed when memory is full, and opens the way for HSET
send('HSET', HELD, changed)
return results
