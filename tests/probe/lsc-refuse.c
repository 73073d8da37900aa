/* lsc-refuse.c: a system that does not allow something.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-refuse.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

int
lsc_refuse (int call, unsigned first_argument, int error)
{
  const unsigned char is_other = first_argument == LSC_REFUSE_ANY ? 0 : 1;
  struct sock_filter  filter[] = {
     BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
     BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 3),
     BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, args[0])),
     BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, first_argument, 0, is_other),
     BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)error),
     BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const struct sock_fprog program = { sizeof filter / sizeof filter[0], filter };

  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return -1;
  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
