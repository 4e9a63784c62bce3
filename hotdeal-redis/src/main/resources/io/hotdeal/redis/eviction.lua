-- What Redis does when its memory is full.
-- ARGV: none
-- Result: {the maxmemory-policy}, or {} where INFO is not allowed
local info = redis.pcall('INFO', 'memory')
if type(info) ~= 'string' then return {} end
return {info:match('maxmemory_policy:([%w-]+)')}
