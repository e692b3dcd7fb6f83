// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numeric>

#include "engine/core/picture_file.h"
#include "engine/metrics/lpips.h"
#include "engine/metrics/niqe.h"
#include "engine/metrics/psnr.h"
#include "engine/operators/degradation.h"
#include "golden_case.h"

namespace lacuna::golden {

namespace {

namespace fs = std::filesystem;

/// One number against another of the description.
void compare_number(GoldenCase& golden, double actual, const nlohmann::json& expected,
                    const std::string& what, Allowed allowed)
{
    golden.compare_values(at::tensor(actual, at::kDouble), at::tensor(expected.get<double>(), at::kDouble),
                          what, allowed);
}

NiqeModel niqe_model(GoldenCase& golden)
{
    const std::string window = "gaussian_window", mu = "pristine_mu", covariance = "pristine_cov";
    if (golden.has(window))
        return {golden.array(mu), golden.array(covariance), golden.array(window)};
    const fs::path folder = golden.folder() / golden.params().at("pristine").get<std::string>();
    return {read_npy(folder / (mu + ".npy")), read_npy(folder / (covariance + ".npy")),
            read_npy(folder / (window + ".npy"))};
}

/// PNG files, their scores, and for some of them the plane and the features of the blocks.
void run_niqe(GoldenCase& golden)
{
    const NiqeModel model = niqe_model(golden);
    const double exact = golden.tolerance("relative to niqe_float64", 1e-3),
                 basicsr = golden.tolerance("relative to niqe_basicsr_float32", 0.02),
                 pyiqa = golden.tolerance("relative to niqe_pyiqa_yiq", 0.02);
    for (const auto& [file, expected] : golden.params().at("results").items()) {
        const Picture picture = read_picture(golden.folder() / file);
        const Tensor limited = niqe_luma(picture, Luma::YCbCr), full = niqe_luma(picture, Luma::Yiq);
        compare_number(golden, limited.mean().item<double>(), expected.at("mean_y_rounded"), file + " mean Y",
                       {.absolute = 1e-5});
        const double score = niqe(limited, model);
        compare_number(golden, score, expected.at("niqe_float64"), file, {.relative = exact});
        compare_number(golden, score, expected.at("niqe_basicsr_float32"), file, {.relative = basicsr});
        compare_number(golden, score, expected.at("niqe_pyiqa_ycbcr"), file, {.relative = pyiqa});
        compare_number(golden, niqe(full, model), expected.at("niqe_pyiqa_yiq"), file + " YIQ",
                       {.relative = pyiqa});

        const std::string name = fs::path(file).replace_extension().string();
        if (golden.has("y_rounded_" + name))
            golden.compare(limited, "y_rounded_" + name, {});
        if (golden.has("block_features_" + name))
            golden.compare(niqe_features(limited, model.window), "block_features_" + name,
                           {.absolute = golden.tolerance("block_features_abs", 2e-3)});
    }
}

/// Weights from a hash of the running number of each element.
TrunkWeights hashed_weights(Trunk trunk, std::uint64_t seed)
{
    TrunkWeights weights;
    std::uint64_t i = 0;
    for (const auto& [name, shape] : trunk_parameters(trunk)) {
        const Tensor values = at::empty(shape, at::kFloat);
        const double fan_in =
            static_cast<double>(values.numel()) / static_cast<double>(shape.front()); // of one output channel
        const double scale = shape.size() > 1 ? std::sqrt(6 / fan_in) : 0.1;
        float* value = values.data_ptr<float>();
        for (std::int64_t n = 0; n < values.numel(); ++n) {
            std::uint64_t z = ++i * 0x9E3779B97F4A7C15u + seed;
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
            z = (z ^ z >> 27) * 0x94D049BB133111EBu;
            z ^= z >> 31;
            value[n] = static_cast<float>((static_cast<double>(z >> 40) / (1 << 23) - 1) * scale);
        }
        weights[name] = values;
    }
    return weights;
}

/// Linear weights lin_<trunk>_lin<i> of the case, or of the files that it names relative to the data set.
std::vector<Tensor> heads_of(GoldenCase& golden, const std::string& trunk, std::size_t taps)
{
    std::string prefix = golden.params().at("lin_files").get<std::string>();
    prefix = prefix.substr(0, prefix.find('*'));
    std::vector<Tensor> heads;
    for (std::size_t i = 0; i < taps; ++i) {
        const std::string name = trunk + "_lin" + std::to_string(i);
        heads.push_back(golden.has("lin_" + name)
                            ? golden.array("lin_" + name)
                            : read_npy(golden.folder() / "../.." / (prefix + name + ".npy")));
    }
    return heads;
}

/// First value, last value and sum of some of the weights made by the hash.
void check_weights(GoldenCase& golden, const TrunkWeights& weights, const nlohmann::json& expected)
{
    for (const auto& [name, numbers] : expected.items()) {
        const Tensor values = weights.at(name).reshape({-1}).to(at::kDouble);
        compare_number(golden, values[0].item<double>(), numbers.at(0), name, {.absolute = 1e-8});
        compare_number(golden, values[-1].item<double>(), numbers.at(1), name, {.absolute = 1e-8});
        compare_number(golden, values.sum().item<double>(), numbers.at(2), name, {.absolute = 1e-6});
    }
}

Tensor images_of(GoldenCase& golden, const std::string& array)
{
    return golden.array(array).to(at::kFloat).permute({0, 3, 1, 2}) / 255 * 2 - 1;
}

void run_lpips(GoldenCase& golden)
{
    const Tensor a = images_of(golden, "img_a_u8"), b = images_of(golden, "img_b_u8");
    const Allowed allowed{.absolute = golden.tolerance("abs", 2e-5)};
    for (const auto& [name, expected] : golden.params().at("results").items()) {
        const Trunk trunk = name == "vgg"    ? Trunk::Vgg16
                            : name == "alex" ? Trunk::AlexNet
                                             : Trunk::SqueezeNet;
        const TrunkWeights weights = hashed_weights(trunk, expected.at("weights_seed").get<std::uint64_t>());
        check_weights(golden, weights, expected.at("check_first_last_sum"));
        const Lpips lpips(trunk, weights, heads_of(golden, name, trunk_channels(trunk).size()));
        const Tensor parts = lpips.parts(a, b);
        golden.compare(parts, name + "_per_layer", allowed);
        golden.compare(parts.sum(1), name + "_value", allowed);
        golden.compare(parts.sum(1), name + "_value_f64", allowed);
        // Every pair of the two sets at once.
        const Tensor all = lpips.pairwise(at::cat({a, b}));
        golden.compare(all.diagonal(a.size(0)), name + "_value", allowed);
    }
}

/// The operator of a DDRM run, by its name there: sr_bicubic<r>, sr<r>, color, deno or inp_<mask>.
std::unique_ptr<SpectralOperator> operator_of(const fs::path& run, const nlohmann::json& description,
                                              at::IntArrayRef shape)
{
    const std::string name = description.at("args").at("deg").get<std::string>();
    Degradation degradation;
    for (const auto& [prefix, task] :
         {std::pair{"sr_bicubic", "sr-bicubic"}, std::pair{"sr", "sr-average"}, std::pair{"color", "color"},
          std::pair{"deno", "denoise"}, std::pair{"inp", "inpaint"}}) {
        if (!starts_with(name, prefix))
            continue;
        degradation.task = task;
        if (starts_with(name, "sr"))
            degradation.scale = static_cast<int>(number_after(name, prefix));
        if (starts_with(name, "inp"))
            degradation.keep = read_npy(run / "keep_mask.npy");
        return make_operator(degradation, shape[0], shape[1], shape[2]);
    }
    throw BrokenData(run, "its degradation " + name + " is not known");
}

double mean_of(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Results of another case's run, each compared with the truth and with the measurement.
void run_psnr(GoldenCase& golden)
{
    const std::string inputs = golden.params().at("inputs").get<std::string>();
    const std::size_t begin = inputs.find("../");
    if (begin == std::string::npos)
        throw BrokenData(golden.name(), "the description names no run");
    const fs::path run = golden.folder() / inputs.substr(begin, inputs.find_first_of(", ", begin) - begin);
    const Tensor truth = read_npy(run / "x_orig01.npy").to(at::kDouble).unsqueeze(0) * 2 - 1;
    const auto op = operator_of(run, nlohmann::json::parse(read_file(run / "case.json")), truth[0].sizes());
    const LinearMap A = [&](const Tensor& x) { return op->A(x); };
    const LinearMap A_pinv = [&](const Tensor& y) { return op->A_pinv(y); };
    const Tensor measured = read_npy(run / "y.npy").to(at::kDouble).reshape({1, -1});
    // Of a picture with holes only the known values are measured, which are its spectral components.
    const LinearMap A_measured = [&](const Tensor& x) {
        return op->keep().defined() ? op->Ut(op->A(x)) : op->A(x);
    };
    const Tensor y = op->keep().defined() ? op->U(measured) : measured.reshape_as(op->A(truth));

    const Allowed allowed{.absolute = golden.tolerance("dB", 2e-3)},
        low{.absolute = golden.tolerance("lr_dB", 0.05)};
    const auto compare = [&](const std::vector<double>& actual, const nlohmann::json& expected,
                             const std::string& what, Allowed bound) {
        golden.compare_values(at::tensor(actual, at::kDouble),
                              at::tensor(expected.get<std::vector<double>>(), at::kDouble), what, bound);
    };
    for (const auto& [variant, expected] : golden.params().at("results").items()) {
        const Tensor images = read_npy(run / variant / "final.npy").to(at::kDouble);
        const std::vector<double> full = psnr(images, truth),
                                  consistency = low_resolution_psnr(images, y, A, A_pinv);
        compare(full, expected.at("psnr"), variant + " psnr", allowed);
        compare(psnr_8bit(images, truth), expected.at("psnr_8bit"), variant + " psnr_8bit", allowed);
        compare(consistency, expected.at("lr_psnr_pinv_space"), variant + " lr_psnr", low);
        compare(measurement_psnr(images, measured, A_measured),
                expected.at("lr_psnr_measurement_space_peak2"), variant + " lr_psnr in the space of y", low);
        compare_number(golden, mean_of(full), expected.at("official_avg_psnr"), variant + " mean", allowed);
        compare_number(golden, mean_of(consistency), expected.at("official_avg_lr_psnr"),
                       variant + " mean lr_psnr", low);
    }
}

} // namespace

bool run_quality_case(GoldenCase& golden)
{
    const nlohmann::json kind = golden.params().value("kind", nlohmann::json());
    if (kind == "niqe")
        run_niqe(golden);
    else if (kind == "lpips")
        run_lpips(golden);
    else if (kind == "psnr")
        run_psnr(golden);
    else
        return false;
    return true;
}

} // namespace lacuna::golden
