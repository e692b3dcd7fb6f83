// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

namespace lacuna::cli {

/// Loading 256 MB of float32 tensors from safetensors and from the zip of torch.save, beside a plain read of the
/// same file, and the memory that it takes.
nlohmann::ordered_json bench_checkpoint();

} // namespace lacuna::cli
