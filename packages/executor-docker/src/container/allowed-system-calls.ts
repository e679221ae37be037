/**
 * What a program in a container may ask the kernel for; everything else is refused. The names are the kernel's own;
 * an engine passes over those that its processor does not have.
 *
 * Left out on purpose, besides what only administrators need: `ptrace`, `process_vm_readv`, `process_vm_writev`,
 * `pidfd_getfd` and `kcmp`, through which a program could take over the agent; `io_uring_*`, `userfaultfd`, `bpf`,
 * `perf_event_open`, the kernel's keys and everything about mounts and namespaces, through which containers were left.
 */
export const ALLOWED_SYSTEM_CALLS: readonly string[] = [
  // Files
  ...words(`access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2
    fadvise64 fadvise64_64 fallocate fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync
    fgetxattr flistxattr flock fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate
    ftruncate64 futimesat getcwd getdents getdents64 getxattr inotify_add_watch inotify_init inotify_init1
    inotify_rm_watch ioctl lchown lgetxattr link linkat listxattr llistxattr _llseek lremovexattr lseek lsetxattr lstat
    lstat64 mkdir mkdirat mknod mknodat newfstatat open openat openat2 pipe pipe2 pread64 preadv
    preadv2 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv removexattr rename renameat renameat2
    rmdir sendfile sendfile64 setxattr splice stat stat64 statfs statfs64 statx symlink symlinkat sync
    sync_file_range syncfs tee truncate truncate64 umask unlink unlinkat utime utimensat utimensat_time64 utimes
    vmsplice write writev cachestat`),
  // Waiting for many
  ...words(`epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old
    eventfd eventfd2 io_cancel io_destroy io_getevents io_pgetevents io_setup io_submit _newselect poll ppoll
    ppoll_time64 pselect6 pselect6_time64 select signalfd signalfd4 timerfd_create timerfd_gettime timerfd_gettime64
    timerfd_settime timerfd_settime64`),
  // Memory
  ...words(`brk madvise map_shadow_stack membarrier memfd_create mincore mlock mlock2 mlockall mmap mmap2 mprotect mremap
    mseal msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect process_madvise process_mrelease
    remap_file_pages get_mempolicy mbind set_mempolicy`),
  // Processes and threads
  ...words(`alarm arch_prctl capget capset execve execveat exit exit_group fork futex futex_requeue futex_time64
    futex_wait futex_waitv futex_wake get_robust_list get_thread_area getcpu getitimer getpgid getpgrp getpid getppid
    getpriority getrlimit getrusage getsid gettid ioprio_get ioprio_set kill nanosleep clock_nanosleep
    clock_nanosleep_time64 pause pidfd_open pidfd_send_signal prctl restart_syscall riscv_flush_icache
    rseq sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam
    sched_getscheduler sched_rr_get_interval     sched_yield seccomp set_robust_list set_thread_area set_tid_address setitimer setpgid setrlimit setsid
    tgkill times tkill ugetrlimit vfork wait4 waitid waitpid landlock_add_rule landlock_create_ruleset
    landlock_restrict_self`),
  // Signals
  ...words(`rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait
    rt_sigtimedwait_time64 rt_tgsigqueueinfo sigaltstack signal sigprocmask sigreturn`),
  // Who and when
  ...words(`clock_getres clock_getres_time64 clock_gettime clock_gettime64 getegid getegid32 geteuid geteuid32 getgid
    getgid32 getgroups getgroups32 getrandom getresgid getresgid32 getresuid getresuid32 gettimeofday getuid getuid32
    setfsgid setfsuid setgid setgid32 setgroups setregid setresgid setresuid setreuid setuid setuid32 sysinfo time
    timer_create timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 uname`),
  // Pipes between processes, and sockets
  ...words(`accept accept4 bind connect getpeername getsockname getsockopt listen mq_getsetattr mq_notify mq_open
    mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink msgctl msgget msgrcv msgsnd
    recv recvfrom recvmmsg recvmmsg_time64 recvmsg semctl semget semop semtimedop semtimedop_time64 send sendmmsg
    sendmsg sendto setsockopt shmat shmctl shmdt shmget shutdown socketcall socketpair`),
];

function words(text: string): string[] {
  return text.split(/\s+/u);
}
