/*
 * A faulty disk and a wrong clock for a real process, put under it with LD_PRELOAD. Everything else of the process is as ever: the
 * same Java, the same SQLite, the same kernel.
 *
 * GATEHOUSE_FAULT_DIR      only files below this directory are touched
 * GATEHOUSE_FAULT_CONTROL  64 bytes that the test writes and this file maps; the members stand in struct control
 * GATEHOUSE_FAULT_TRACE    one line for every write and every sync of such a file that reached it: W or S, how many intents to
 *                          move were in what was written, path
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { NONE = 0, FULL = 1, BROKEN = 2, READ_ONLY = 3, STALLED = 4 };

struct control {
    _Atomic int64_t mode;       /* one of the above */
    _Atomic int64_t kill_after; /* 0: never; n: the process dies at the n-th write or sync from now */
    _Atomic int64_t torn;       /* 1: half of that write still reaches the file */
    _Atomic int64_t clock_ms;   /* added to the wall clock; the monotonic clock is left alone */
    _Atomic int64_t boundaries; /* writes and syncs so far, for the test to read */
};

static struct control *control;
static char directory[512];
static int trace = -1;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_clock_gettime)(clockid_t, struct timespec *);
static int (*real_gettimeofday)(struct timeval *restrict, void *restrict);

__attribute__((constructor)) static void begin(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    real_gettimeofday = dlsym(RTLD_NEXT, "gettimeofday");
    const char *below = getenv("GATEHOUSE_FAULT_DIR");
    const char *at = getenv("GATEHOUSE_FAULT_CONTROL");
    const char *to = getenv("GATEHOUSE_FAULT_TRACE");
    if (!below || !at || !to) return;
    int fd = open(at, O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (mapped == MAP_FAILED) return;
    trace = open(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    snprintf(directory, sizeof directory, "%s/", below);
    control = mapped;
}

/* The file behind a descriptor, if it is one of those that may fail. */
static int watched(int fd, char *path, size_t size) {
    char link[64];
    if (!control) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return strncmp(path, directory, strlen(directory)) == 0;
}

/* Records are canonical JSON, so these two members stand side by side in the record of an intent to move. */
static const char INTENT[] = "\"effect\":\"actuate\",\"event\":\"tool_intent\"";

static int intents(const char *bytes, size_t count) {
    int found = 0;
    const char *end = bytes + count;
    for (const char *at = bytes; (at = memmem(at, (size_t) (end - at), INTENT, sizeof INTENT - 1)); at += sizeof INTENT - 1) {
        found++;
    }
    return found;
}

static void note(char what, int found, const char *path) {
    char line[640];
    int length = snprintf(line, sizeof line, "%c %d %s\n", what, found, path + strlen(directory));
    if (trace >= 0) syscall(SYS_write, trace, line, (size_t) length);
}

/* 0: go on; otherwise the error that the call ends with. Does not return if this is the moment to die. */
static int fails(int fd, const void *bytes, size_t count, off_t offset, int positioned) {
    atomic_fetch_add(&control->boundaries, 1);
    int64_t left = control->kill_after;
    while (left > 0 && !atomic_compare_exchange_weak(&control->kill_after, &left, left - 1)) {
    }
    if (left == 1) {
        if (control->torn && count > 1) {
            if (positioned) syscall(SYS_pwrite64, fd, bytes, count / 2, offset);
            else syscall(SYS_write, fd, bytes, count / 2);
        }
        syscall(SYS_kill, getpid(), SIGKILL);
        for (;;) pause();
    }
    while (control->mode == STALLED) {
        struct timespec moment = {0, 1000000};
        nanosleep(&moment, NULL);
    }
    switch (control->mode) {
        case FULL: return count ? ENOSPC : 0;
        case BROKEN: return EIO;
        case READ_ONLY: return count ? EROFS : 0;
        default: return 0;
    }
}

ssize_t write(int fd, const void *bytes, size_t count) {
    char path[512];
    if (!watched(fd, path, sizeof path)) return real_write(fd, bytes, count);
    int error = fails(fd, bytes, count, 0, 0);
    if (error) return errno = error, -1;
    ssize_t written = real_write(fd, bytes, count);
    if (written > 0) note('W', intents(bytes, (size_t) written), path);
    return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    char path[512];
    if (!watched(fd, path, sizeof path)) return real_pwrite(fd, bytes, count, offset);
    int error = fails(fd, bytes, count, offset, 1);
    if (error) return errno = error, -1;
    ssize_t written = real_pwrite(fd, bytes, count, offset);
    if (written > 0) note('W', intents(bytes, (size_t) written), path);
    return written;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) {
    return pwrite(fd, bytes, count, offset);
}

static int synced(int fd, int (*real)(int)) {
    char path[512];
    if (!watched(fd, path, sizeof path)) return real(fd);
    int error = fails(fd, NULL, 0, 0, 0);
    if (error) return errno = error, -1;
    int result = real(fd);
    if (result == 0) note('S', 0, path);
    return result;
}

int fsync(int fd) {
    return synced(fd, real_fsync);
}

int fdatasync(int fd) {
    return synced(fd, real_fdatasync);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = real_clock_gettime ? real_clock_gettime(clock, now) : (int) syscall(SYS_clock_gettime, clock, now);
    if (control && result == 0 && clock == CLOCK_REALTIME) {
        now->tv_sec += control->clock_ms / 1000;
    }
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    int result = real_gettimeofday(now, zone);
    if (control && result == 0) now->tv_sec += control->clock_ms / 1000;
    return result;
}
