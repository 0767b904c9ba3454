#include "client/net/upload.h"

#include "client/net/progress.h"
#include "common/files.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 512 * 1024, MOST = 100 << 20 };

static int check_file(int fd, struct stat *ret, struct err *e)
{
	if (fstat(fd, ret) < 0)
		return err_set(e, -PDH_FAILED, NULL, "cannot be read: %s",
			       strerror(errno));
	if (S_ISDIR(ret->st_mode))
		return err_set(e, -PDH_REFUSED, NULL, "is a folder");
	if (!S_ISREG(ret->st_mode))
		return err_set(e, -PDH_REFUSED, NULL, "is not a regular file");
	if (ret->st_size == 0)
		return err_set(e, -PDH_REFUSED, NULL, "is empty");
	if (ret->st_size > MOST)
		return err_set(e, -PDH_TOO_LARGE, NULL, "is %lld MB; at most 100 MB",
			       (long long)(ret->st_size >> 20));
	return 0;
}

/* Fills `piece` but at the end of the file; its bytes, or negative. */
static ssize_t read_piece(int fd, char *piece, int64_t at, struct err *e)
{
	size_t got = 0;

	while (got < PIECE) {
		ssize_t n = pread(fd, piece + got, PIECE - got, at + (int64_t)got);
		if (n == 0)
			break;
		if (n < 0 && errno != EINTR)
			return err_set(e, -PDH_FAILED, NULL, "cannot be read: %s",
				       strerror(errno));
		got += n > 0 ? (size_t)n : 0;
	}
	return (ssize_t)got;
}

static int begin(struct call *c, int64_t size, const char *purpose,
		 const char **ret_token, struct err *e)
{
	const struct upload_begin_params p = {.size = size, .purpose = purpose};
	struct answer ans;
	int r = call_method(c, &api_methods[METHOD_upload_begin], &p, false, &ans, e);

	if (r < 0)
		return r;
	*ret_token = arena_dup(c->arena, ((const struct upload *)ans.record)->token);
	answer_done(&ans);
	return 0;
}

static int write_piece(struct call *c, const char *token, int64_t at,
		       const struct bytes *data, struct err *e)
{
	const struct upload_write_params p = {
		.token = token, .offset = at, .data = *data};
	struct answer ans;
	int r = call_method(c, &api_methods[METHOD_upload_write], &p, false, &ans, e);

	if (r == 0)
		answer_done(&ans);
	return r;
}

static int send_pieces(struct call *c, int fd, const struct stat *st, const char *token,
		       const char *name, struct err *e)
{
	char *piece = arena_alloc(c->arena, PIECE);
	struct progress progress;
	int64_t at = 0;
	int r = 0;

	progress_begin(&progress);
	while (r == 0 && at < st->st_size) {
		ssize_t n = read_piece(fd, piece, at, e);
		if (n < 0)
			r = (int)n;
		if (n <= 0 || n > st->st_size - at)
			break;
		r = write_piece(c, token, at, &(struct bytes){(size_t)n, piece}, e);
		at += n;
		if (name)
			progress_tell(&progress, "%.40s: %lld of %lld MB ", name,
				      (long long)(at / 1000000),
				      (long long)(st->st_size / 1000000));
	}
	progress_end(&progress);
	if (r == 0 && (at != st->st_size || !file_is_as_before(fd, st)))
		r = err_set(e, -PDH_REFUSED, NULL, "changed while it was read");
	return r;
}

int upload_file(struct call *c, int fd, const char *name, const char *purpose,
		const char **ret_token, struct err *e)
{
	struct stat st;
	int r = check_file(fd, &st, e);

	if (r == 0)
		r = begin(c, st.st_size, purpose, ret_token, e);
	if (r < 0)
		return r;
	r = send_pieces(c, fd, &st, *ret_token, name, e);
	if (r < 0)
		upload_forget(c, *ret_token);
	return r;
}

void upload_forget(struct call *c, const char *token)
{
	const struct upload_drop_params p = {.token = token};
	struct answer ans;
	struct err ignored;

	if (call_method(c, &api_methods[METHOD_upload_drop], &p, false, &ans, &ignored) ==
	    0)
		answer_done(&ans);
}
