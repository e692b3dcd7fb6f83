// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace lacuna {

/// Cores this process may use: the smaller of affinity and control-group quota, at least 1.
int usable_cores();

/// Threads of the calling thread's tensor operations; 0: all usable cores. OpenMP keeps this per thread, so the
/// thread that works must call it.
void use_threads(int threads = 0);

/// The same for tensor operations alone, without the loops of `parallel`. An OpenBLAS with threads of its own, which it has
/// for the whole process, gets the same number.
void use_tensor_threads(int threads);

/// What a matrix product of n x n x n single-precision numbers reaches here, in GFLOP/s (median of three).
double measure_gemm(int n = 1024);

/// The file that the process loaded as its BLAS, resolved; empty when it cannot be told.
std::string blas_library();

/// Versions of the libraries, one "name version" a line.
std::string library_versions();

} // namespace lacuna
