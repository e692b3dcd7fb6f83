// SPDX-License-Identifier: GPL-3.0-or-later
#include "trajectory_problem.h"

#include <stdexcept>

#include "engine/core/error.h"
#include "engine/diffusion/schedule.h"
#include "engine/models/eager_network.h"
#include "engine/models/unet_config.h"
#include "engine/operators/degradation.h"
#include "engine/operators/pixel_operators.h"
#include "engine/operators/separable_operator.h"

namespace lacuna::golden {

namespace {

using nlohmann::json;

const std::map<std::string, Purpose>& roles()
{
    static const std::map<std::string, Purpose> table{
        {"init", Purpose::Initial},     {"step", Purpose::Step},   {"C", Purpose::Step},
        {"known", Purpose::Known},      {"undo", Purpose::Travel}, {"travel", Purpose::Travel},
        {"meas", Purpose::Measurement}, {"A", Purpose::Smoothed},  {"B", Purpose::Observed},
        {"q_unused", Purpose::Unused}};
    return table;
}

/// "sr_bicubic4" with the scale 4; a name that ends with no digits keeps the scale.
Degradation degradation_of(std::string name, int scale)
{
    const std::size_t digits = name.find_last_not_of("0123456789") + 1;
    if (digits < name.size()) {
        scale = std::stoi(name.substr(digits));
        name.resize(digits);
    }
    static const std::map<std::string, std::string> tasks{
        {"sr_bicubic", "sr-bicubic"}, {"super_resolution", "sr-bicubic"},
        {"sr", "sr-average"},         {"sr_averagepooling", "sr-average"},
        {"color", "color"},           {"colorization", "color"},
        {"deno", "denoise"},          {"denoising", "denoise"}};
    Degradation degradation;
    degradation.scale = scale;
    if (const auto found = tasks.find(name); found != tasks.end())
        degradation.task = found->second;
    else if (!starts_with(name, "inp"))
        throw std::invalid_argument("the degradation " + name + " is not known");
    return degradation;
}

void read_repaint(const json& params, RestorationOptions& options)
{
    const json& config = params.at("config");
    const json& jumps = config.at("schedule_jump_params");
    options.method = "repaint";
    options.spacing = config.at("timestep_respacing").get<std::string>();
    options.time_shift = config.value("inpa_inj_time_shift", 1);
    options.jumps.single_samples = jumps.value("n_sample", 1);
    options.jumps.jump = {jumps.value("jump_length", 1), jumps.value("jump_n_sample", 1)};
    options.jumps.jump2 = {jumps.value("jump2_length", 1), jumps.value("jump2_n_sample", 1)};
    options.jumps.jump3 = {jumps.value("jump3_length", 1), jumps.value("jump3_n_sample", 1)};
    options.jumps.start_resampling = jumps.value("start_resampling", options.jumps.start_resampling);
}

Degradation read_ddrm(const json& args, RestorationOptions& options)
{
    options.method = "ddrm";
    options.steps = args.at("timesteps").get<int>();
    options.eta = args.at("eta").get<double>();
    options.eta_b = args.at("etaB").get<double>();
    options.sigma_y = args.at("sigma_0_used").get<double>();
    return degradation_of(args.at("deg").get<std::string>(), 1);
}

Degradation read_ddnm(const json& args, RestorationOptions& options)
{
    options.method = "ddnm";
    options.steps = args.at("T_sampling").get<int>();
    options.eta = args.at("eta").get<double>();
    options.sigma_y = args.at("sigma_y_used").get<double>();
    options.travel_length = args.at("travel_length").get<int>();
    options.travel_repeat = args.at("travel_repeat").get<int>();
    return degradation_of(args.at("deg").get<std::string>(), static_cast<int>(args.value("deg_scale", 1.0)));
}

Degradation read_dps(const json& params, RestorationOptions& options)
{
    const json& diffusion = params.at("diffusion_config");
    const json& task = params.at("task_config");
    const json& spacing = diffusion.at("timestep_respacing");
    options.method = "dps";
    options.spacing = spacing.is_string() ? spacing.get<std::string>() : std::to_string(spacing.get<int>());
    options.learned_variance = diffusion.at("model_var_type") == "learned_range";
    options.zeta = task.at("conditioning").at("params").at("scale").get<double>();
    options.sigma_y = task.at("measurement").at("noise").value("sigma", 0.0);
    const json& op = task.at("measurement").at("operator");
    return degradation_of(op.at("name").get<std::string>(), op.value("scale_factor", 1));
}

Degradation read_options(GoldenCase& golden, RestorationOptions& options)
{
    const json& params = golden.params();
    const std::string method = params.at("method").get<std::string>();
    options.reference_quirks = true;
    if (method == "DDRM")
        return read_ddrm(params.at("args"), options);
    if (method == "DDNM" || method == "DDNM+")
        return read_ddnm(params.at("args"), options);
    if (method == "DPS")
        return read_dps(params, options);
    if (method != "RePaint")
        throw std::invalid_argument("the method " + method + " is not known");
    read_repaint(params, options);
    return {};
}

/// The operator in the basis that the case recorded, where it did.
std::shared_ptr<const SpectralOperator> recorded_operator(GoldenCase& golden, const Degradation& degradation,
                                                          const TrajectoryProblem& problem)
{
    const std::int64_t C = problem.channels, H = problem.height, W = problem.width;
    if (!golden.has("V_small"))
        return make_operator(degradation, C, H, W);
    const SmallSvd svd = given_svd(golden.array("U_small"), golden.array("S_small"), golden.array("V_small"));
    if (degradation.task == "sr-average")
        return std::make_shared<BlockAverage>(C, H, W, degradation.scale, svd);
    if (degradation.task == "color")
        return std::make_shared<Colorization>(C, H, W, svd);
    const auto op = std::make_shared<SeparableOperator>(C, svd, svd);
    if (golden.has("perm")) {
        const Tensor order = golden.array("perm");
        golden.compare(op->order().narrow(0, 0, order.numel()), "perm", {});
    }
    return op;
}

/// The operator as computed, against everything that the case stores of its own.
void compare_operator(GoldenCase& golden, const Degradation& degradation, const TrajectoryProblem& problem,
                      const Tensor& x)
{
    const auto own = make_operator(degradation, problem.channels, problem.height, problem.width);
    golden.compare_values(problem.op->A(x), own->A(x), "the recorded operator", {.absolute = 2e-5});
    if (golden.has("pinv_y"))
        golden.compare(own->A_pinv(problem.y).flatten(), "pinv_y", {.absolute = 2e-4});
    if (golden.has("singulars"))
        golden.compare(own->singular_values(), "singulars", {.absolute = 2e-5});
    if (const auto* inpainting = dynamic_cast<const Inpainting*>(own.get())) {
        const Tensor order = inpainting->pixel_order();
        const std::int64_t m = own->singular_values().numel();
        if (golden.has("kept_indices"))
            golden.compare(order.narrow(0, 0, m), "kept_indices", {});
        if (golden.has("missing_indices"))
            golden.compare(order.narrow(0, m, order.numel() - m), "missing_indices", {});
    }
    if (golden.has("resizer_weights")) {
        const Tensor weights = golden.array("resizer_weights").to(at::kDouble).t().contiguous();
        const Tensor matrix = at::zeros({weights.size(0), problem.width}, at::kDouble);
        golden.compare_values(bicubic_matrix(problem.width, degradation.scale),
                              matrix.scatter_add(1, golden.array("resizer_index").t(), weights),
                              "resizer_weights", {.absolute = 2e-5});
    }
}

/// y as stored, in the operator's own shape; compared with what the picture and the recorded noise give.
Tensor recorded_measurement(GoldenCase& golden, const TrajectoryProblem& problem, const Tensor& x)
{
    if (!golden.has("y"))
        return problem.op->A(x);
    const Tensor stored = golden.array("y").to(at::kDouble);
    const bool packed = problem.op->keep().defined() && stored.dim() == 1;
    Tensor clean = packed ? problem.op->Ut(problem.op->A(x)) : problem.op->A(x);
    clean = clean.reshape(stored.sizes());
    if (problem.options.sigma_y > 0)
        clean = clean
                + problem.options.sigma_y
                      * RecordedDraws(golden).next(Purpose::Measurement).reshape(stored.sizes());
    golden.compare(clean, "y", {.absolute = 2e-5});
    return packed ? problem.op->U(stored.unsqueeze(0)) : stored.reshape(problem.op->A(x).sizes());
}

} // namespace

RecordedDraws::RecordedDraws(GoldenCase& golden)
{
    const Tensor pool =
        read_npy(golden.folder() / golden.params().at("noise_pool").get<std::string>()).to(at::kDouble) / 32;
    const auto names = golden.params().at("noise_roles").get<std::vector<std::string>>();
    const Tensor table = golden.array("draws");
    const auto rows = table.accessor<std::int64_t, 2>();
    for (std::int64_t i = 0; i < table.size(0); ++i) {
        std::vector<std::int64_t> sizes;
        std::int64_t count = 1;
        for (std::int64_t d = 0; d < rows[i][2]; ++d) {
            sizes.push_back(rows[i][3 + d]);
            count *= sizes.back();
        }
        draws_[roles().at(names.at(static_cast<std::size_t>(rows[i][0])))].push_back(
            pool.narrow(0, rows[i][1], count).reshape(sizes));
    }
}

Tensor RecordedDraws::next(Purpose purpose)
{
    std::deque<Tensor>& left = draws_[purpose];
    check(!left.empty(), "the case recorded every draw that its method makes");
    const Tensor values = left.front();
    left.pop_front();
    return values;
}

Tensor RecordedDraws::draw(const Tensor& like, Purpose purpose, int /*step*/)
{
    const Tensor values = next(purpose);
    check(values.sizes() == like.sizes(), "a draw has the shape of the recorded one");
    return values.to(like.options());
}

TrajectoryProblem read_trajectory(GoldenCase& golden)
{
    const Tensor x = (golden.has("gt") ? golden.array("gt").to(at::kDouble)
                                       : 2 * golden.array("x_orig01").to(at::kDouble) - 1)
                         .unsqueeze(0);
    TrajectoryProblem problem{.task = {},
                              .options = {},
                              .op = nullptr,
                              .y = {},
                              .members = golden.params().at("N").get<std::int64_t>(),
                              .channels = x.size(1),
                              .height = x.size(2),
                              .width = x.size(3),
                              .table = schedule::ddpm_linear()};
    Degradation degradation = read_options(golden, problem.options);
    if (degradation.task == "inpaint")
        degradation.keep = golden.array("keep_mask").to(at::kFloat);
    problem.task = degradation.task;
    problem.clips = problem.options.method == "repaint" || problem.options.method == "dps";
    problem.op = recorded_operator(golden, degradation, problem);
    problem.y = recorded_measurement(golden, problem, x);
    compare_operator(golden, degradation, problem, x);
    return problem;
}

std::pair<Network, double> trajectory_network(const GoldenCase& golden)
{
    const std::filesystem::path file = golden.folder() / golden.params().at("model_file").get<std::string>();
    const std::filesystem::path beside = file.parent_path() / "case.json";
    const json description = json::parse(read_file(beside), nullptr, /*allow_exceptions=*/false);
    const bool adm = golden.params().at("model_type") == "adm";
    const char* key = adm ? "flags" : "config";
    if (!description.is_object() || !description.contains(key))
        throw BrokenData(beside, std::string("it has no ") + key);
    json options = description[key];
    options["network"] = adm ? "adm" : "ddpm";
    const NetworkGraph graph = network_graph(network_config_from_json(options.dump(), beside.string()));
    const StateDict weights = read_state_dict(Checkpoint::open(file), parameter_shapes(graph));
    return {as_network(std::make_shared<EagerNetwork>(graph, weights, file.string())),
            description.at("tolerance").at("max_abs").get<double>()};
}

} // namespace lacuna::golden
