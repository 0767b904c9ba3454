#include "client/read/box.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Sanitizers reserve terabytes of addresses, and look around in /proc when the process ends. */
#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

enum { MEMORY = 512 << 20, SECONDS = 20 };

static int limit(int what, rlim_t most, struct err *e)
{
	struct rlimit l;

	/* A limit that was set lower stays. */
	if (getrlimit((__rlimit_resource_t)what, &l) == 0 &&
	    (l.rlim_cur == RLIM_INFINITY || l.rlim_cur > most))
		l.rlim_cur = most;
	if (l.rlim_max == RLIM_INFINITY || l.rlim_max > most)
		l.rlim_max = most;
	if (setrlimit((__rlimit_resource_t)what, &l) == 0)
		return 0;
	return err_set(e, -PDH_FAILED, NULL, "cannot limit the reader of the file: %s",
		       strerror(errno));
}

int box_limit(struct err *e)
{
	int r = SANITIZED ? 0 : limit(RLIMIT_AS, MEMORY, e);

	if (r == 0)
		r = limit(RLIMIT_CPU, SECONDS, e);
	return r == 0 ? limit(RLIMIT_CORE, 0, e) : r;
}

/* ---- Landlock ----------------------------------------------------------------------------------- */

/* As later kernels have it; each takes as much of it as its version knows. */
struct rights {
	uint64_t files, network, scope;
};

/* Everything that the version can forbid, and no rule that allows any of it. */
static int landlock(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
			       LANDLOCK_CREATE_RULESET_VERSION);
	if (version < 1)
		return 0;
	struct rights all = {
		.files = (UINT64_C(1) << (version == 1	 ? 13
					  : version == 2 ? 14
					  : version < 5	 ? 15
							 : 16)) -
			 1,
		.network = version >= 4 ? 3 : 0,
		.scope = version >= 6 ? 3 : 0,
	};
	size_t size = sizeof(uint64_t) * (version < 4 ? 1 : version < 6 ? 2 : 3);
	long rules = syscall(SYS_landlock_create_ruleset, &all, size, 0);
	if (rules < 0)
		return 0;
	long r = syscall(SYS_landlock_restrict_self, rules, 0);
	(void)close((int)rules);
	return r == 0 ? (int)version : 0;
}

/* ---- the filter of system calls ------------------------------------------------------------------ */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#else
#define ARCHITECTURE 0
#endif

/* What reading, remembering, writing an answer and ending take. */
static const int allowed[] = {
	SYS_read,	    SYS_pread64,      SYS_readv,	SYS_write,
	SYS_writev,	    SYS_lseek,	      SYS_fstat,	SYS_newfstatat,
	SYS_close,	    SYS_fcntl,	      SYS_brk,		SYS_mmap,
	SYS_munmap,	    SYS_mremap,	      SYS_mprotect,	SYS_madvise,
	SYS_exit,	    SYS_exit_group,   SYS_rt_sigaction, SYS_rt_sigprocmask,
	SYS_rt_sigreturn,   SYS_getpid,	      SYS_gettid,	SYS_futex,
	SYS_clock_gettime,  SYS_gettimeofday, SYS_getrandom,	SYS_sched_yield,
	SYS_restart_syscall};

enum { ALLOWED = sizeof(allowed) / sizeof(allowed[0]) };

/* A call that is not among them fails as forbidden; newfstatat names files, but Landlock or the missing open leaves it
 * nothing but to look at their dates. */
static bool filter(void)
{
	struct sock_filter code[ALLOWED + 6];
	size_t n = 0;

	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
						 offsetof(struct seccomp_data, arch));
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE,
						 1, 0);
	code[n++] =
		(struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
						 offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < ALLOWED; i++)
		code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
							 (uint32_t)allowed[i],
							 (uint8_t)(ALLOWED - i), 0);
	code[n++] =
		(struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	const struct sock_fprog program = {(unsigned short)n, code};
	return ARCHITECTURE != 0 && !SANITIZED &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

int box_shut(struct box *ret, struct err *e)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return err_set(e, -PDH_FAILED, NULL, "cannot shut the reader in: %s",
			       strerror(errno));
	ret->landlock = landlock();
	ret->filter = filter();
	if (ret->landlock || ret->filter || SANITIZED)
		return 0;
	return err_set(
		e, -PDH_FAILED, NULL,
		"this kernel has neither Landlock nor seccomp; a file of others is "
		"not read without");
}
