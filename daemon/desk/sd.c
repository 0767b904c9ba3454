#include "daemon/desk/sd.h"

#include <dlfcn.h>
#include <stdbool.h>

static bool find_all(void *library, struct desk_sd *sd)
{
#define X(name)                                                                       \
	sd->name = (__extension__(__typeof__(sd->name)) dlsym(library, "sd_" #name)); \
	if (!sd->name)                                                                \
		return false;
	DESK_SD_FUNCTIONS(X)
#undef X
	return true;
}

const struct desk_sd *desk_sd(struct err *e)
{
	static struct desk_sd sd;
	static bool loaded;

	if (!loaded) {
		void *library = dlopen("libsystemd.so.0", RTLD_LAZY | RTLD_LOCAL);
		loaded = library && find_all(library, &sd);
		if (!loaded) {
			err_set(e, -PDH_FAILED, NULL,
				"libsystemd is needed to show notifications: %s",
				dlerror());
			if (library)
				dlclose(library);
		}
	}
	return loaded ? &sd : NULL;
}
