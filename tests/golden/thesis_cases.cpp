// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/core/error.h"
#include "engine/metrics/moving_digits.h"
#include "engine/scenes/moving_digit_paths.h"
#include "golden_case.h"

namespace lacuna::golden {

namespace {

using nlohmann::json;

/// Answers with the draws that a case recorded, in their order; a question other than the recorded one is an error.
class RecordedDraws final : public scenes::DrawSource {
public:
    explicit RecordedDraws(const json& draws) : draws_(draws) {}

    int integer(int low, int high) override
    {
        const std::vector<int> range = low == 0 ? std::vector{high} : std::vector{low, high};
        return answer("randint", range);
    }
    int choice(const std::vector<int>& values, const std::vector<double>&) override
    {
        return answer("choice", values);
    }
    bool used_up() const { return next_ == draws_.size(); }

private:
    int answer(const char* kind, const std::vector<int>& arguments)
    {
        check(next_ < draws_.size(), "the case recorded as many draws as the path needs");
        const json& draw = draws_[next_++];
        check(draw.at(0) == kind && draw.at(1).get<std::vector<int>>() == arguments,
              "the case recorded the draw that the path asks for");
        return draw.at(2).get<int>();
    }

    const json& draws_;
    std::size_t next_ = 0;
};

scenes::DigitPath path_named(const std::string& mode, int length, const json& params, RecordedDraws& draws,
                             scenes::DigitFrame frame)
{
    if (mode == "free")
        return scenes::free_path(length, draws, frame);
    if (mode == "horizontal")
        return scenes::horizontal_path(length, draws, params.value("prob_direction_change", 0.5),
                                       params.value("let_last_frame_after_change", false), frame);
    if (starts_with(mode, "circle")) {
        const std::string count = mode.substr(mode.find_last_not_of("0123456789") + 1);
        std::optional<double> first;
        if (params.contains("prob_direction_change"))
            first = params["prob_direction_change"].get<double>();
        return scenes::circle_path(length, draws, first, count.empty() ? 8 : std::stoi(count), frame);
    }
    return scenes::resting_path(length, frame);
}

/// A digit's way; the first draw chooses the digit.
bool run_path(GoldenCase& golden)
{
    static const std::array modes{"free", "horizontal", "circle", "circle4", "circle2", "middel"};
    const std::string mode = golden.params().value("mode", "");
    if (std::find(modes.begin(), modes.end(), mode) == modes.end() || !golden.has_param("draws")
        || !golden.has("top_left_xy"))
        return false;
    RecordedDraws draws(golden.params()["draws"]);
    const json& digit = golden.params()["draws"].at(0);
    draws.integer(0, digit.at(1).at(0).get<int>());
    const scenes::DigitFrame frame{static_cast<int>(golden.number("image", 32)),
                                   static_cast<int>(golden.number("digit", 16))};
    const scenes::DigitPath path =
        path_named(mode, static_cast<int>(golden.number("seq_len", 1)), golden.params(), draws, frame);
    if (!draws.used_up())
        golden.fail("the case recorded more draws than the path needs");
    std::vector<Tensor> corners;
    for (const scenes::DigitOffset& corner : path.corners)
        corners.push_back(at::tensor(std::vector<std::int64_t>{corner.x, corner.y}, at::kLong));
    golden.compare(at::stack(corners), "top_left_xy", {});
    golden.compare_integers(path.changes, "change_frames");
    return true;
}

/// Centroids, directions and quality of generated frames against the frame they continue.
bool run_frame_metrics(GoldenCase& golden)
{
    if (!golden.has("cond_u8") || !golden.has("gen_u8") || !golden.has("directions")
        || !golden.has("quality_exact"))
        return false;
    const Tensor condition = golden.array("cond_u8").to(at::kFloat) / 255;
    const Tensor generated = golden.array("gen_u8").to(at::kFloat) / 255;
    const Allowed allowed{.absolute = golden.tolerance("abs", 1e-5)};
    const Tensor start = metrics::centroids(condition), end = metrics::centroids(generated);
    golden.compare(start, "centroid_cond", allowed);
    golden.compare(end, "centroids", allowed);

    const auto labels = metrics::nearest_directions(end - start, golden.array("directions"));
    golden.compare_integers(labels, "direction");
    golden.compare_integers(std::vector{metrics::mode_count(labels)}, "mode_count");
    if (golden.has("prob_right_like"))
        golden.compare({metrics::label_share(labels, 0)}, "prob_right_like", allowed);

    golden.compare(metrics::quality(generated, condition, metrics::ShiftRounding::Exact), "quality_exact",
                   allowed);
    golden.compare(metrics::quality(generated, condition, metrics::ShiftRounding::ThirtySeconds),
                   "quality_cv2", {.absolute = golden.tolerance("abs_quality_cv2_with_1_32_rounding", 1e-4)});
    return true;
}

bool run_otsu(GoldenCase& golden)
{
    if (!golden.has("img") || !golden.has("threshold") || !golden.has("out_u8"))
        return false;
    std::vector<std::int64_t> thresholds;
    const Tensor cleared = metrics::without_background(golden.array("img"), thresholds);
    golden.compare_integers(thresholds, "threshold");
    golden.compare(cleared, "out_u8", {});
    return true;
}

} // namespace

bool run_thesis_case(GoldenCase& golden)
{
    return run_path(golden) || run_frame_metrics(golden) || run_otsu(golden);
}

} // namespace lacuna::golden
