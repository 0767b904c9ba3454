/* For the codec's own files: the keys that any request may carry beside its parameters. */
#pragma once

#include "common/codec.h"

bool codec_is_reserved(const char *key, size_t n);

/* How many keys `caller` takes, and they. */
size_t codec_caller_keys(const struct codec_caller *caller);
void codec_write_caller(msgpack_packer *pk, const struct codec_caller *caller);
