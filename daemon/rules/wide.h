/* Products of 128 bits: what a whole number of 128 bits is while two of them are multiplied
 * and divided by a third again. */
#pragma once

#include "common/credit.h"

#include <stdbool.h>

__extension__ typedef unsigned __int128 uint128;

/* In two's complement. */
struct wide {
	uint128 high, low;
};

static inline uint128 wide_size(int128 v)
{
	return v < 0 ? -(uint128)v : (uint128)v;
}

static inline struct wide wide_product(uint128 a, uint128 b)
{
	enum { HALF_BITS = 64 };
	uint64_t a0 = (uint64_t)a, b0 = (uint64_t)b;
	uint128 a1 = a >> HALF_BITS, b1 = b >> HALF_BITS;
	uint128 low = (uint128)a0 * b0, x = a0 * b1, y = a1 * b0;
	uint128 middle = (low >> HALF_BITS) + (uint64_t)x + (uint64_t)y;

	return (struct wide){
		a1 * b1 + (x >> HALF_BITS) + (y >> HALF_BITS) + (middle >> HALF_BITS),
		middle << HALF_BITS | (uint64_t)low,
	};
}

static inline struct wide wide_minus(struct wide a, struct wide b)
{
	return (struct wide){a.high - b.high - (a.low < b.low), a.low - b.low};
}

static inline struct wide wide_signed(int128 a, int128 b)
{
	struct wide v = wide_product(wide_size(a), wide_size(b));

	return (a < 0) != (b < 0) ? wide_minus((struct wide){0, 0}, v) : v;
}

/* Whether a * b < c * d, none of them negative: -1; equal: 0; more: 1. */
static inline int wide_compare(int128 a, int128 b, int128 c, int128 d)
{
	struct wide x = wide_signed(a, b), y = wide_signed(c, d);

	if (x.high != y.high)
		return x.high < y.high ? -1 : 1;
	return x.low == y.low ? 0 : x.low < y.low ? -1 : 1;
}

/* How many bits a number has: 0 for 0. */
static inline int wide_bits(int128 v)
{
	enum { HALF_BITS = 64 };
	uint128 size = wide_size(v);
	uint64_t high = (uint64_t)(size >> HALF_BITS), low = (uint64_t)size;

	return high  ? 2 * HALF_BITS - __builtin_clzll(high)
	       : low ? HALF_BITS - __builtin_clzll(low)
		     : 0;
}

/* A number more than zero by which others are divided that are multiples of it: two to the
 * power of `twos`, times what `inverse` undoes modulo 2^128. */
struct divisor {
	int twos, bits;
	uint128 inverse;
};

static inline struct divisor wide_divisor(int128 v)
{
	struct divisor d = {.bits = wide_bits(v)};
	uint128 odd = (uint128)v;

	for (; odd % 2 == 0; odd /= 2)
		d.twos++;
	/* Each step doubles the bits that are right, five at first (Newton). */
	d.inverse = odd * 3 ^ 2;
	for (int right = 5; right < 128; right *= 2)
		d.inverse *= 2 - odd * d.inverse;
	return d;
}

/* (a * b - c * d) / by, where that has no remainder; false where it might not fit. */
static inline bool wide_cross(int128 a, int128 b, int128 c, int128 d,
			      const struct divisor *by, int128 *ret)
{
	enum { ROOM = 125, ALL_BITS = 128 };
	int one = wide_bits(a) + wide_bits(b), other = wide_bits(c) + wide_bits(d);

	if (one - by->bits > ROOM || other - by->bits > ROOM)
		return false;
	if (one <= ROOM && other <= ROOM) {
		*ret = (int128)((uint128)((a * b - c * d) >> by->twos) * by->inverse);
		return true;
	}
	struct wide v = wide_minus(wide_signed(a, b), wide_signed(c, d));
	if (by->twos)
		v.low = v.low >> by->twos | v.high << (ALL_BITS - by->twos);
	*ret = (int128)(v.low * by->inverse);
	return true;
}
