// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cctype>

#include "engine/core/picture_file.h"
#include "engine/operators/degradation.h"
#include "engine/operators/separable_operator.h"
#include "golden_case.h"

namespace lacuna::golden {

namespace {

using nlohmann::json;

/// A whole picture of the data set, [1,3,H,W] in [-1,1]; images/ is beside the folder of the cases.
Tensor whole_picture(const GoldenCase& golden, const std::string& image)
{
    const std::filesystem::path images = golden.folder().parent_path().parent_path() / "images";
    const json index = json::parse(read_file(images / "index.json"), nullptr, /*allow_exceptions=*/false);
    if (index.is_discarded() || !index.contains("images") || !index["images"].contains(image))
        throw BrokenData(images / "index.json", "it does not know the picture " + image);
    const Picture picture =
        to_rgb8(read_picture(images / index["images"][image].at("file").get<std::string>()));
    const Tensor pixels = at::empty({picture.height, picture.width, 3}, at::kByte);
    std::copy(picture.bytes->begin(), picture.bytes->end(), pixels.data_ptr<std::uint8_t>());
    return (2 * (pixels.to(at::kDouble) / 255) - 1).permute({2, 0, 1}).unsqueeze(0);
}

/// The picture of this size: a stored crop, or the whole one.
Tensor picture(GoldenCase& golden, const std::string& image, const std::string& size)
{
    const std::string crop = image + "_x" + size;
    return golden.has(crop) ? golden.array(crop).to(at::kDouble).unsqueeze(0) : whole_picture(golden, image);
}

/// The digits at the end of a name, such as 16 of bicubic16; 1 when there are none.
int trailing_number(const std::string& name)
{
    std::size_t start = name.size();
    while (start > 0 && std::isdigit(static_cast<unsigned char>(name[start - 1])))
        --start;
    return start < name.size() ? std::stoi(name.substr(start)) : 1;
}

Degradation degradation_named(const std::string& name)
{
    Degradation degradation;
    degradation.scale = trailing_number(name);
    degradation.task = starts_with(name, "avg")     ? "sr-average"
                       : starts_with(name, "color") ? "color"
                                                    : "sr-bicubic";
    return degradation;
}

/// Singular values of the small matrix behind an operator: of one axis, or of one block.
Tensor small_values(const Degradation& degradation, const SpectralOperator& op, std::int64_t n)
{
    return degradation.task == "sr-bicubic" ? small_svd(bicubic_matrix(n, degradation.scale)).S
                                            : op.singular_values().narrow(0, 0, 1);
}

/// IMAGE_OPERATOR_SIZE: y, the pseudo-inverse and the singular values.
void compare_spectral(GoldenCase& golden, const std::string& name, const json& result)
{
    const std::size_t size_at = name.rfind('_'), op_at = name.rfind('_', size_at - 1);
    const Tensor x = picture(golden, name.substr(0, op_at), name.substr(size_at + 1));
    const Degradation degradation = degradation_named(name.substr(op_at + 1, size_at - op_at - 1));
    const auto op = make_operator(degradation, 3, x.size(2), x.size(3));
    const Tensor y = op->A(x), s = op->singular_values();

    const Allowed allowed{.absolute = golden.tolerance("max_abs", 2e-5)};
    golden.compare(y.flatten(), name + "_y", allowed);
    golden.compare(small_values(degradation, *op, x.size(2)), name + "_S_small", allowed);
    golden.compare_values(
        at::stack({s.min(), s.max()}),
        at::tensor({result.at("singular_min").get<double>(), result.at("singular_max").get<double>()},
                   at::kDouble),
        name + " singular values", allowed);
    if (golden.has(name + "_pinv_y")) {
        const std::int64_t every = result.value("pinv_subsampled_every", 1);
        const Tensor pinv = op->A_pinv(y).slice(2, 0, {}, every).slice(3, 0, {}, every);
        golden.compare(pinv[0], name + "_pinv_y", {.absolute = golden.tolerance("pinv_max_abs", 2e-4)});
    }
}

/// Weights and columns of one axis, [taps,out], as a matrix [out,in].
Tensor matrix_of(const Tensor& weights, const Tensor& columns, std::int64_t in)
{
    const Tensor matrix = at::zeros({weights.size(1), in}, at::kDouble);
    return matrix.scatter_add(1, columns.t(), weights.to(at::kDouble).t().contiguous());
}

} // namespace

bool run_operator_case(GoldenCase& golden)
{
    if (golden.params().value("kind", "") != "operators")
        return false;
    const Allowed allowed{.absolute = golden.tolerance("max_abs", 2e-5)};
    const json results = golden.params().value("results", json::object());
    for (const auto& [name, result] : results.items())
        compare_spectral(golden, name, result);
    for (const std::string& name : golden.arrays()) {
        if (starts_with(name, "bicubic_kernel_"))
            golden.compare(bicubic_taps(trailing_number(name)), name, allowed);
        if (const std::size_t at_sr = name.find("_sr"); at_sr != std::string::npos) {
            const Tensor x = whole_picture(golden, name.substr(0, at_sr));
            Degradation degradation{.task = "sr-bicubic"};
            degradation.scale = static_cast<int>(number_after(name, "_sr"));
            golden.compare(make_operator(degradation, 3, x.size(2), x.size(3))->A(x)[0], name, allowed);
        }
        if (starts_with(name, "resizer") && name.ends_with("_weights")) {
            const int factor = static_cast<int>(number_after(name, "resizer"));
            const Tensor weights = golden.array(name);
            const Tensor columns = golden.array("resizer" + std::to_string(factor) + "_index");
            const std::int64_t in = weights.size(1) * factor;
            golden.compare_values(bicubic_matrix(in, factor), matrix_of(weights, columns, in), name, allowed);
        }
    }
    return true;
}

} // namespace lacuna::golden
