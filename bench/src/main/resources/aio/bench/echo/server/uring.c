/* The echo server that io_uring allows, without a library: one ring and one thread, receives that stay armed and take
 * their buffers from the kernel, and the sends of a turn submitted together with the wait for the next one. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/io_uring.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { BACKLOG = 4096, ENTRIES = 4096, COMPLETIONS = 32768, BUFFERS = 16, BUFFER = 256 * 1024, GROUP = 1, ORDERS = 64 };
/* not in the headers of every system: a buffer is filled in parts, and there is room in it still */
enum { RING_INCREMENTAL = 2, BUFFER_STAYS = 1 << 4 };
/* what a completion is of: the lowest bits of its data, beside the address of the connection */
enum { ACCEPT, RECEIVE, SEND, ORDER, KINDS = 7 };

/* what was received and is to be sent, in the buffer of the kernel's choice */
struct segment { struct segment *next; char *at; unsigned length; int buffer; };

struct connection {
    int fd;
    int receiving, sending, ended;
    struct segment *first, *last;
    struct connection *starved;
};

/* struct io_uring_buf_reg, whose flags have no name in older headers */
struct registration { uint64_t ring; uint32_t entries; uint16_t group, flags; uint64_t reserved[3]; };

static int ring;
static unsigned *sq_head, *sq_tail, *sq_mask, *cq_head, *cq_tail, *cq_mask, tail, submitted;
static struct io_uring_sqe *sqes;
static struct io_uring_cqe *cqes;

static struct io_uring_buf_ring *buffer_ring;
static char *memory;
static unsigned offsets[BUFFERS], users[BUFFERS], filled[BUFFERS];
static struct segment *segments;
static struct connection *starved;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

/* this system has no such thing, or forbids it: the others are measured without this one */
static void is_missing(const char *what) {
    printf("missing %s: %s\n", what, strerror(errno));
    exit(0);
}

/* ---- the ring */

static void enter(unsigned least) {
    __atomic_store_n(sq_tail, tail, __ATOMIC_RELEASE);
    int done = syscall(SYS_io_uring_enter, ring, tail - submitted, least, IORING_ENTER_GETEVENTS, NULL, 0);
    if (done >= 0) {
        submitted += done;
    } else if (errno != EINTR && errno != EBUSY) {
        fail("io_uring_enter");
    }
}

static struct io_uring_sqe *next(int operation, int fd, uint64_t data) {
    while (tail - __atomic_load_n(sq_head, __ATOMIC_ACQUIRE) > *sq_mask) {
        enter(0);
    }
    struct io_uring_sqe *sqe = &sqes[tail++ & *sq_mask];
    *sqe = (struct io_uring_sqe) { .opcode = operation, .fd = fd, .user_data = data };
    return sqe;
}

static void open_ring(void) {
    struct io_uring_params params = { .cq_entries = COMPLETIONS, .flags = IORING_SETUP_SINGLE_ISSUER
            | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CLAMP | IORING_SETUP_CQSIZE | IORING_SETUP_SUBMIT_ALL };
    if ((ring = syscall(SYS_io_uring_setup, ENTRIES, &params)) < 0) {
        is_missing("io_uring_setup");
    }
    size_t cq_size = params.cq_off.cqes + params.cq_entries * sizeof *cqes;
    size_t sq_size = params.sq_off.array + params.sq_entries * sizeof(unsigned);
    char *both = mmap(NULL, cq_size > sq_size ? cq_size : sq_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE,
            ring, IORING_OFF_SQ_RING);
    sqes = mmap(NULL, params.sq_entries * sizeof *sqes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring,
            IORING_OFF_SQES);
    if (both == MAP_FAILED || sqes == MAP_FAILED) {
        fail("mmap");
    }
    sq_head = (unsigned *) (both + params.sq_off.head);
    sq_tail = (unsigned *) (both + params.sq_off.tail);
    sq_mask = (unsigned *) (both + params.sq_off.ring_mask);
    cq_head = (unsigned *) (both + params.cq_off.head);
    cq_tail = (unsigned *) (both + params.cq_off.tail);
    cq_mask = (unsigned *) (both + params.cq_off.ring_mask);
    cqes = (struct io_uring_cqe *) (both + params.cq_off.cqes);
    for (unsigned i = 0; i < params.sq_entries; i++) {
        ((unsigned *) (both + params.sq_off.array))[i] = i;
    }
}

/* ---- buffers */

static void give(int buffer) {
    unsigned short at = buffer_ring->tail;
    struct io_uring_buf *entry = &buffer_ring->bufs[at & (BUFFERS - 1)];
    entry->addr = (uint64_t) (memory + (size_t) buffer * BUFFER);
    entry->len = BUFFER;
    entry->bid = buffer;
    offsets[buffer] = filled[buffer] = 0;
    __atomic_store_n(&buffer_ring->tail, at + 1, __ATOMIC_RELEASE);
}

static void open_buffers(void) {
    buffer_ring = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    memory = mmap(NULL, (size_t) BUFFERS * BUFFER, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE,
            -1, 0);
    if (buffer_ring == MAP_FAILED || memory == MAP_FAILED) {
        fail("mmap");
    }
    struct registration what = { (uint64_t) buffer_ring, BUFFERS, GROUP, RING_INCREMENTAL, { 0 } };
    if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_PBUF_RING, &what, 1) < 0) {
        what.flags = 0; /* before Linux 6.12 */
        if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_PBUF_RING, &what, 1) < 0) {
            is_missing("io_uring_register");
        }
    }
    for (int i = 0; i < BUFFERS; i++) {
        give(i);
    }
}

/* ---- connections */

static void receive(struct connection *c) {
    struct io_uring_sqe *sqe = next(IORING_OP_RECV, c->fd, (uint64_t) c | RECEIVE);
    sqe->ioprio = IORING_RECV_MULTISHOT;
    sqe->flags = IOSQE_BUFFER_SELECT;
    sqe->buf_group = GROUP;
    c->receiving = 1;
}

static void send_first(struct connection *c) {
    struct io_uring_sqe *sqe = next(IORING_OP_SEND, c->fd, (uint64_t) c | SEND);
    sqe->addr = (uint64_t) c->first->at;
    sqe->len = c->first->length;
    sqe->msg_flags = MSG_NOSIGNAL | MSG_WAITALL;
    c->sending = 1;
}

static void release_if_used_up(int buffer) {
    if (users[buffer] == 0 && filled[buffer]) {
        give(buffer);
        struct connection *waiting = starved;
        for (starved = NULL; waiting != NULL; waiting = waiting->starved) {
            receive(waiting);
        }
    }
}

static void drop_first(struct connection *c) {
    struct segment *sent = c->first;
    c->first = sent->next;
    users[sent->buffer]--;
    release_if_used_up(sent->buffer);
    sent->next = segments;
    segments = sent;
}

static void close_if_over(struct connection *c) {
    if (c->ended && !c->receiving && !c->sending && c->first == NULL) {
        close(c->fd);
        free(c);
    }
}

static void keep(struct connection *c, int count, unsigned flags) {
    int buffer = flags >> IORING_CQE_BUFFER_SHIFT;
    struct segment *s = segments != NULL ? segments : malloc(sizeof *s);
    segments = segments != NULL ? segments->next : NULL;
    *s = (struct segment) { NULL, memory + (size_t) buffer * BUFFER + offsets[buffer], count, buffer };
    offsets[buffer] += count;
    users[buffer]++;
    filled[buffer] = !(flags & BUFFER_STAYS);
    if (c->first == NULL) {
        c->first = s;
    } else {
        c->last->next = s;
    }
    c->last = s;
}

static void received(struct connection *c, int result, unsigned flags) {
    c->receiving = (flags & IORING_CQE_F_MORE) != 0;
    if (result > 0) {
        keep(c, result, flags);
        if (!c->sending) {
            send_first(c);
        }
    }
    if (result == -ENOBUFS) {
        c->receiving = 1; /* again when there is one */
        c->starved = starved;
        starved = c;
    } else if (!c->receiving && result > 0) {
        receive(c);
    } else if (!c->receiving) {
        c->ended = 1;
        close_if_over(c);
    }
}

static void sent(struct connection *c, int result) {
    c->sending = 0;
    if (result < 0) {
        while (c->first != NULL) {
            drop_first(c);
        }
        c->ended = 1;
        shutdown(c->fd, SHUT_RDWR); /* what is armed ends */
    } else {
        c->first->at += result;
        c->first->length -= result;
        if (c->first->length == 0) {
            drop_first(c);
        }
        if (c->first != NULL) {
            send_first(c);
        }
    }
    close_if_over(c);
}

static void accept_on(int listener) {
    struct io_uring_sqe *sqe = next(IORING_OP_ACCEPT, listener, ACCEPT);
    sqe->ioprio = IORING_ACCEPT_MULTISHOT;
    sqe->accept_flags = SOCK_CLOEXEC;
}

static void accepted(int listener, int result, unsigned flags) {
    if (result >= 0) {
        int on = 1;
        setsockopt(result, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct connection *c = calloc(1, sizeof *c);
        c->fd = result;
        receive(c);
    } else {
        errno = -result;
        perror("accept");
    }
    if (!(flags & IORING_CQE_F_MORE)) {
        accept_on(listener);
    }
}

int main(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    if (fd < 0 || bind(fd, (struct sockaddr *) &address, size) < 0 || listen(fd, BACKLOG) < 0
            || getsockname(fd, (struct sockaddr *) &address, &size) < 0) {
        fail("listen");
    }
    open_ring();
    open_buffers();
    accept_on(fd);
    static char orders[ORDERS];
    struct io_uring_sqe *order = next(IORING_OP_READ, STDIN_FILENO, ORDER);
    order->addr = (uint64_t) orders;
    order->len = ORDERS;
    printf("port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        enter(1);
        unsigned head = *cq_head;
        for (unsigned end; head != (end = __atomic_load_n(cq_tail, __ATOMIC_ACQUIRE)); ) {
            for (; head != end; head++) {
                struct io_uring_cqe *cqe = &cqes[head & *cq_mask];
                struct connection *c = (struct connection *) (cqe->user_data & ~(uint64_t) KINDS);
                switch (cqe->user_data & KINDS) {
                    case ACCEPT: accepted(fd, cqe->res, cqe->flags); break;
                    case RECEIVE: received(c, cqe->res, cqe->flags); break;
                    case SEND: sent(c, cqe->res); break;
                    default: return 0; /* whoever started this has closed its end */
                }
            }
            __atomic_store_n(cq_head, head, __ATOMIC_RELEASE);
        }
    }
}
