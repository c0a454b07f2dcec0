/* The echo server that the kernel allows: epoll, level-triggered, one thread, one buffer for all connections. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 4096, EVENTS = 1024, BUFFER = 256 * 1024 };

/* what the kernel did not take at once */
struct connection { int fd; char *rest; size_t at, length; };

static char buffer[BUFFER];
static int poller;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void watch(int operation, struct connection *c, unsigned events) {
    struct epoll_event event = { .events = events, .data.ptr = c };
    if (epoll_ctl(poller, operation, c->fd, &event) < 0) {
        fail("epoll_ctl");
    }
}

static void drop(struct connection *c) {
    close(c->fd);
    free(c->rest);
    free(c);
}

static void add(int fd, struct connection *c) {
    c->fd = fd;
    watch(EPOLL_CTL_ADD, c, EPOLLIN);
}

static void accept_all(int listener) {
    int fd, on = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        add(fd, calloc(1, sizeof(struct connection)));
    }
    if (errno != EAGAIN) {
        perror("accept4");
    }
}

static void echo(struct connection *c) {
    ssize_t count = read(c->fd, buffer, BUFFER);
    if (count <= 0) {
        if (count == 0 || errno != EAGAIN) {
            drop(c);
        }
        return;
    }
    ssize_t written = write(c->fd, buffer, count);
    if (written < 0 && errno != EAGAIN) {
        drop(c);
        return;
    }
    if (written < count) {
        c->at = 0;
        c->length = count - (written < 0 ? 0 : written);
        c->rest = malloc(c->length);
        memcpy(c->rest, buffer + count - c->length, c->length);
        watch(EPOLL_CTL_MOD, c, EPOLLOUT);
    }
}

static void write_rest(struct connection *c) {
    ssize_t written = write(c->fd, c->rest + c->at, c->length - c->at);
    if (written < 0 && errno != EAGAIN) {
        drop(c);
        return;
    }
    c->at += written < 0 ? 0 : written;
    if (c->at == c->length) {
        free(c->rest);
        c->rest = NULL;
        watch(EPOLL_CTL_MOD, c, EPOLLIN);
    }
}

int main(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    if (fd < 0 || bind(fd, (struct sockaddr *) &address, size) < 0 || listen(fd, BACKLOG) < 0
            || getsockname(fd, (struct sockaddr *) &address, &size) < 0) {
        fail("listen");
    }
    if ((poller = epoll_create1(EPOLL_CLOEXEC)) < 0) {
        fail("epoll_create1");
    }
    static struct connection listener, orders;
    add(fd, &listener);
    add(STDIN_FILENO, &orders);
    printf("port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    static struct epoll_event events[EVENTS];
    for (;;) {
        int count = epoll_wait(poller, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            struct connection *c = events[i].data.ptr;
            if (c == &listener) {
                accept_all(fd);
            } else if (c == &orders) {
                if (read(STDIN_FILENO, buffer, BUFFER) <= 0) {
                    return 0;
                }
            } else if (c->rest != NULL) {
                write_rest(c);
            } else {
                echo(c);
            }
        }
    }
}
