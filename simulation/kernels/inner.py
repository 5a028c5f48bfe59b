"""A kernel that only other kernels call: it gets no entry from Python, which for functions of the whole state is most of the compiling."""

from simulation.kernel import kernel

inner = kernel(no_cpython_wrapper=True, no_cfunc_wrapper=True)
