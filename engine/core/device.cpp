// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/device.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <dlfcn.h>
#include <sched.h>

#include <ATen/Parallel.h>
#include <opencv2/core.hpp>
#include <torch/version.h>

#include "engine/core/parallel.h"
#include "engine/core/tensor.h"

namespace lacuna {

namespace {

/// The quota of a version 2 control group in cores; 0 where there is none.
int quota_cores()
{
    std::ifstream file("/sys/fs/cgroup/cpu.max");
    std::string quota;
    long period = 0;
    if (!(file >> quota >> period) || quota == "max" || period <= 0)
        return 0;
    std::istringstream number(quota);
    number.imbue(std::locale::classic());
    long value = 0;
    return number >> value ? std::max(1, static_cast<int>(value / period)) : 0;
}

} // namespace

int usable_cores()
{
    int cores = static_cast<int>(std::thread::hardware_concurrency());
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        cores = CPU_COUNT(&set);
    const int quota = quota_cores();
    return std::max(1, quota > 0 ? std::min(cores, quota) : cores);
}

void use_tensor_threads(int threads)
{
    static const auto set_blas_threads =
        reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
    at::set_num_threads(threads);
    if (set_blas_threads)
        set_blas_threads(threads);
}

void use_threads(int threads)
{
    const int count = threads > 0 ? threads : usable_cores();
    use_tensor_threads(count);
    set_parallel_threads(count);
    cv::setNumThreads(1);
}

double measure_gemm(int n)
{
    const Tensor a = at::rand({n, n}), b = at::rand({n, n});
    at::mm(a, b); // the first call creates threads and buffers
    std::array<double, 3> rates{};
    for (double& rate : rates) {
        const auto start = std::chrono::steady_clock::now();
        const Tensor c = at::mm(a, b);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        rate = 2.0 * n * n * n / seconds.count() / 1e9;
    }
    std::sort(rates.begin(), rates.end());
    return rates[1];
}

std::string blas_library()
{
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        const auto path = line.find('/');
        if (path == std::string::npos)
            continue;
        const std::string file = line.substr(path);
        const std::string name = std::filesystem::path(file).filename().string();
        for (const char* known : {"libopenblas", "libblas", "libblis", "libmkl_rt", "libmkl_intel_lp64"})
            if (name.rfind(known, 0) == 0)
                return std::filesystem::weakly_canonical(file).string();
    }
    return {};
}

std::string library_versions()
{
    std::ostringstream text;
    text << "LibTorch " << TORCH_VERSION << "\nOpenCV " << CV_VERSION << "\n";
    return text.str();
}

} // namespace lacuna
