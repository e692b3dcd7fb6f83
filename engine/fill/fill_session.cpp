// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/fill_session.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/GradMode.h>

#include "engine/closed_form/this_photo.h"
#include "engine/core/default_recipe.h"
#include "engine/core/device.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"
#include "engine/fill/candidates_of_run.h"
#include "engine/fill/feature_distance.h"
#include "engine/fill/kept_state.h"
#include "engine/fill/model_list.h"
#include "engine/fill/network_fill.h"
#include "engine/fill/reporter.h"
#include "engine/fill/split_denoiser.h"
#include "engine/fill/window_fill.h"
#include "engine/models/model_folder.h"
#include "engine/session/figures.h"
#include "engine/session/reproduction.h"

namespace lacuna {

namespace {

bool is_this_photo(const Recipe& recipe)
{
    return recipe.model == this_photo_model;
}

void check_request(const FillRequest& request)
{
    const Picture& picture = request.picture;
    const Mask& mask = request.mask;
    const auto refuse = [](const std::string& subject, const std::string& cause, const std::string& action) {
        throw Error(ErrorKind::Input, subject, cause, action);
    };
    const Recipe& recipe = request.recipe;
    validate(recipe);
    if (picture.empty())
        refuse("picture", "has no pixels", "Open a picture first");
    if (is_this_photo(recipe) && recipe.method != "project")
        throw Error(ErrorKind::Usage, "--method " + recipe.method, "needs a network, and This photo is none",
                    "Choose a network with --model, or leave --method out", "Nothing was run.");
    if (is_this_photo(recipe) && recipe.model_class >= 0)
        throw Error(ErrorKind::Usage, "--class", "is given, but This photo has no classes", "Leave it out",
                    "Nothing was run.");
    if (!request.condition.empty() && (is_this_photo(recipe) || recipe.task != "inpaint"))
        throw Error(ErrorKind::Usage, "--condition", "is for networks that fill holes", "Leave it out",
                    "Nothing was run.");
    for (const Picture& frame : request.condition)
        if (frame.width != picture.width || frame.height != picture.height)
            refuse("--condition", "has a picture of another size", "Use pictures of the size of the picture");
    if (recipe.task != "inpaint")
        return;
    if (mask.width != picture.width || mask.height != picture.height)
        refuse("mask",
               "is " + std::to_string(mask.width) + " x " + std::to_string(mask.height)
                   + " pixels, the picture " + std::to_string(picture.width) + " x "
                   + std::to_string(picture.height),
               "Use a mask of the picture's size");
    const std::size_t hole = mask.hole_pixels();
    if (hole == 0)
        refuse("mask", "is empty: there is no hole to fill",
               "Paint the part of the picture that is to be filled");
    if (is_this_photo(recipe) && hole == mask.values.size())
        refuse("mask", "covers the whole picture, and This photo learns from what is known",
               "Paint a smaller hole");
}

/// Members that are sampled together: the whole set, or a pool in groups of the set's size, so that guidance
/// couples the same members however much memory there is.
std::vector<std::vector<int>> member_groups(const Recipe& recipe)
{
    const int all = recipe.pool > 0 ? recipe.pool : recipe.count;
    std::vector<std::vector<int>> groups;
    for (int member = 0; member < all; ++member) {
        if (member % recipe.count == 0)
            groups.emplace_back();
        groups.back().push_back(member);
    }
    return groups;
}

/// What of a picture is sampled on its own; a task without a hole has one part, the whole.
struct Parts {
    std::vector<Area> windows{};                  ///< for This photo
    std::vector<NetworkWindow> network_windows{}; ///< for networks
    std::size_t count() const { return std::max<std::size_t>(1, windows.size() + network_windows.size()); }
};

/// Where sampling begins.
struct Start {
    std::size_t group = 0, part = 0;   ///< of the group
    std::vector<Completion> done{};    ///< members of the groups before
    std::map<int, Completion> begun{}; ///< members of this group, with the patches of the parts before
};

/// A group of members that is sampled together.
struct GroupOfRun {
    std::size_t number = 0;
    std::vector<int> members{};
    std::size_t first_part = 0;              ///< the ones before are done
    std::map<int, Completion> completions{}; ///< with the patches of those
};

class FillSession final : public Session {
public:
    FillSession(int threads, const std::string& device, const std::string& precision)
        : threads_(threads > 0 ? threads : usable_cores()),
          device_(find_device(device)),
          precision_(find_precision(precision, device_)),
          network_maker_(maker_name(device_.str(), precision))
    {
    }

    std::vector<ModelInfo> models() const override { return fill_models(); }

    std::vector<DeviceInfo> devices() const override
    {
        std::vector<DeviceInfo> list{{"cpu", "Processor, " + std::to_string(usable_cores()) + " cores"}};
        const int cards =
            at::globalContext().hasCUDA() ? static_cast<int>(at::detail::getCUDAHooks().getNumGPUs()) : 0;
        for (int card = 0; card < std::min(cards, 10); ++card)
            list.push_back({"cuda:" + std::to_string(card), "CUDA device " + std::to_string(card)});
        return list;
    }

    CompletionSet fill(const FillRequest& request, const std::function<void(Progress)>& report,
                       std::stop_token stop) override
    {
        check_request(request);
        const c10::NoGradGuard no_gradients;
        use_threads(threads_);
        try {
            return fill_guarded(request, report, stop);
        } catch (const std::exception& error) {
            if (!is_out_of_memory(error))
                throw;
            throw Error(ErrorKind::Memory, "memory", "is not enough for a single picture of this run",
                        "Close other programs, or use a smaller model or hole",
                        "Your picture and mask are unchanged.");
        }
    }

private:
    CompletionSet fill_guarded(const FillRequest& request, const std::function<void(Progress)>& report,
                               const std::stop_token& stop)
    {
        if (!is_this_photo(request.recipe))
            report(Progress{.id = request.id, .phase = "Loading"});
        CompletionSet set;
        set.recipe = completed(request);
        // Models share their work out themselves; OpenMP threads that wait for the small tensor operations between
        // would spin, and take the cores from those that work.
        use_tensor_threads(1);
        const Parts parts = parts_of(request);
        const int all_parts = static_cast<int>(parts.count() * member_groups(request.recipe).size());
        set.windows = parts.network_windows;
        if (request.recipe.task != "inpaint")
            set.base = base_of_task(*model_, request.picture, request.recipe);
        KeptState kept(request.state);
        kept.begin(identity(set.recipe), canvas(request, set), all_parts);
        try {
            return sample(request, report, stop, parts, kept, set);
        } catch (const UnusableState&) {
            kept.forget();
        }
        return sample(request, report, stop, parts, kept, set);
    }

    /// Of all that decides the bytes of a run that goes on.
    std::string identity(const Recipe& completed) const
    {
        Sha256 sha;
        sha.add("state 1\n" + to_json(completed) + "\n" + device_.str() + " " + c10::toString(precision_));
        return sha.hex();
    }

    /// Samples all groups of members, from where the run was kept.
    CompletionSet sample(const FillRequest& request, const std::function<void(Progress)>& report,
                         const std::stop_token& stop, const Parts& parts, KeptState& kept, CompletionSet set)
    {
        const auto groups = member_groups(request.recipe);
        Reporter reporter(request, report, static_cast<int>(parts.count() * groups.size()));
        reporter.phase("Preparing", set.windows);
        CandidatesOfRun candidates;
        std::size_t told = 0;
        const auto tell_finished = [&] {
            std::vector<Completion> finished;
            std::copy_if(set.completions.begin() + static_cast<std::ptrdiff_t>(told), set.completions.end(),
                         std::back_inserter(finished),
                         [](const Completion& one) { return one.finished && one.problem.empty(); });
            told = set.completions.size();
            if (finished.empty())
                return;
            if (request.recipe.pool > 0)
                candidates.take_from(set.completions, canvas_hole(request, set));
            reporter.arrived(std::move(finished), request.recipe.pool > 0 ? candidates.snapshot() : nullptr);
        };
        const Start start = start_of(kept, parts, groups, reporter);
        set.completions = start.done;
        tell_finished();
        for (std::size_t group = start.group; group < groups.size(); ++group) {
            if (stop.stop_requested() && !set.completions.empty()) {
                if (group > start.group)
                    kept.begin_part(static_cast<int>(group * parts.count()), set.completions);
                break;
            }
            GroupOfRun at_hand{.number = group, .members = groups[group]};
            if (group == start.group) {
                at_hand.first_part = start.part;
                at_hand.completions = start.begun;
            }
            const Watch watch{[&](WindowProgress progress) { return reporter.step(std::move(progress)); },
                              stop, kept};
            if (request.recipe.task == "inpaint")
                sample_group(request, parts, std::move(at_hand), reporter, watch, set.completions);
            else
                restore_group(request, at_hand, reporter, watch, set.completions);
            tell_finished();
        }
        set.stopped = stop.stop_requested();
        if (candidates.size() > request.recipe.count) { // else it was stopped early: what there is is shown
            reporter.phase("Selecting");
            set.completions = candidates.selected(request.recipe);
            set.pool = candidates.snapshot();
        }
        reporter.phase("Measuring");
        measure(request, set);
        set.note = reporter.note();
        set.seconds = reporter.seconds();
        return set;
    }

    /// The recipe with what identifies its inputs; loads its model.
    Recipe completed(const FillRequest& request)
    {
        Recipe recipe = request.recipe;
        recipe.picture_sha256 = content_hash(request.picture);
        recipe.mask_sha256 = content_hash(request.mask);
        recipe.condition_sha256.clear();
        for (const Picture& frame : request.condition)
            recipe.condition_sha256.push_back(content_hash(frame));
        if (is_this_photo(recipe))
            model_.reset();
        else if (!model_ || recipe.model != model_name_ || recipe.preset != preset_) {
            model_.reset();
            model_ =
                load_model(find_model(recipe.model), recipe.preset, {.device = device_, .dtype = precision_});
            model_name_ = recipe.model;
            preset_ = recipe.preset;
        }
        recipe.version = model_ ? network_maker_ : maker_name("cpu", "float");
        recipe.model_sha256 = model_ ? model_->sha256 : this_photo_hash({});
        return recipe;
    }

    Parts parts_of(const FillRequest& request) const
    {
        if (request.recipe.task != "inpaint")
            return {};
        if (model_)
            return {.network_windows = windows_of(*model_, request)};
        return {.windows = find_windows(request.mask)};
    }

    /// What of a kept run has been done.
    static Start start_of(const KeptState& kept, const Parts& parts,
                          const std::vector<std::vector<int>>& groups, Reporter& reporter)
    {
        if (kept.ignored())
            reporter.tell("What was kept of this run cannot be used, so it begins again.");
        Start start;
        if (!kept.kept())
            return start;
        reporter.tell("This run goes on where it was interrupted.");
        reporter.skip_parts(kept.kept()->part);
        start.group = static_cast<std::size_t>(kept.kept()->part) / parts.count();
        start.part = static_cast<std::size_t>(kept.kept()->part) % parts.count();
        const std::vector<int>& members = groups[start.group];
        for (const Completion& one : kept.kept()->completions)
            if (std::find(members.begin(), members.end(), one.member) == members.end())
                start.done.push_back(one);
            else
                start.begun[one.member] = one;
        return start;
    }

    void sample_group(const FillRequest& request, const Parts& parts, GroupOfRun group, Reporter& reporter,
                      const Watch& watch, std::vector<Completion>& completions) const
    {
        std::map<int, Completion>& by_member = group.completions;
        for (const int member : group.members)
            by_member[member].member = member;
        for (std::size_t part = group.first_part; part < parts.count(); ++part) {
            reporter.begin_part();
            std::vector<int> alive;
            std::vector<Completion> so_far = completions;
            for (const auto& [member, completion] : by_member) {
                so_far.push_back(completion);
                if (completion.problem.empty())
                    alive.push_back(member);
            }
            if (alive.empty())
                break;
            watch.kept.begin_part(static_cast<int>(group.number * parts.count() + part), std::move(so_far));
            const WindowFill filled =
                model_ ? fill_network_window(*model_, request, parts.network_windows[part], alive, watch)
                       : fill_window(request.picture, request.mask, parts.windows[part], request.recipe,
                                     alive, request.preview_longest, watch);
            merge(filled, alive, by_member);
        }
        for (auto& [member, completion] : by_member)
            completions.push_back(std::move(completion));
    }

    void restore_group(const FillRequest& request, const GroupOfRun& group, Reporter& reporter,
                       const Watch& watch, std::vector<Completion>& completions) const
    {
        reporter.begin_part();
        watch.kept.begin_part(static_cast<int>(group.number), completions);
        const TaskFill filled = fill_task(*model_, request.picture, request.recipe, group.members,
                                          request.preview_longest, watch);
        std::map<int, Completion> by_member;
        for (const int member : group.members)
            by_member[member].member = member;
        merge(filled.fill, group.members, by_member);
        for (auto& [member, completion] : by_member) {
            if (filled.consistency_db.contains(member))
                completion.consistency_db = filled.consistency_db.at(member);
            if (filled.psnr_db.contains(member))
                completion.psnr_db = filled.psnr_db.at(member);
            completions.push_back(std::move(completion));
        }
    }

    static void merge(const WindowFill& filled, const std::vector<int>& members,
                      std::map<int, Completion>& by_member)
    {
        for (const auto& [member, patch] : filled.patches)
            by_member[member].patches.push_back(patch);
        for (const auto& [member, problem] : filled.problems) {
            by_member[member].problem = problem;
            by_member[member].patches.clear();
        }
        for (const int member : members)
            by_member[member].finished = by_member[member].finished && filled.finished;
    }

    static void measure(const FillRequest& request, CompletionSet& set)
    {
        const Mask hole = canvas_hole(request, set);
        for (Completion& completion : set.completions)
            if (!completion.patches.empty() && set.base.empty())
                completion.seam = measure_seam(request.picture, hole, completion);
        measure_distances(set, hole);
        if (request.compare)
            set.feature_distance = feature_distance(canvas(request, set), hole, set);
    }

    int threads_;
    at::Device device_;
    at::ScalarType precision_;
    std::string network_maker_;
    std::optional<DatasetModel> model_{}; ///< the latest one, kept for the next request
    std::string model_name_{}, preset_{};
};

} // namespace

std::unique_ptr<Session> make_fill_session(int threads, const std::string& device,
                                           const std::string& precision)
{
    return std::make_unique<FillSession>(threads, device, precision);
}

FillEstimate estimate_fill(const FillRequest& request, int threads, const std::string& device,
                           const std::string& precision)
{
    check_request(request);
    const c10::NoGradGuard no_gradients;
    const Recipe& recipe = request.recipe;
    use_threads(threads);
    use_tensor_threads(1);
    if (!is_this_photo(recipe))
        return estimate_network_fill(load_model(find_model(recipe.model), recipe.preset,
                                                {.device = find_device(device),
                                                 .dtype = find_precision(precision, find_device(device))}),
                                     request);
    FillEstimate sum;
    for (const auto& members : member_groups(recipe))
        for (const Area& window : find_windows(request.mask)) {
            const FillEstimate part = estimate_window(request.picture, request.mask, window, recipe, members);
            sum.forward += part.forward;
            sum.batch = std::max(sum.batch, part.batch);
            sum.seconds += part.seconds;
        }
    return sum;
}

} // namespace lacuna
