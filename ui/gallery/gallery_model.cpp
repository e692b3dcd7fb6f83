// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallery_model.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace lacuna::ui {

void GalleryModel::setRow(int count)
{
    const TreeOptions options = options_;
    *this = GalleryModel();
    options_ = options;
    count_ = count;
}

bool GalleryModel::setPool(std::shared_ptr<const CandidatePool> pool, const Recipe& recipe)
{
    const bool guided = recipe.eta > 0;
    bool grows = false;
    if (pool_) {
        const auto before = provenance(*pool_, options_.seed, guided_);
        const auto now = provenance(*pool, recipe.seed, guided);
        grows = before.size() <= now.size() && std::equal(before.begin(), before.end(), now.begin());
    }
    if (!grows) {
        const TreeSnapshot stored = stored_;
        const int branch = storedBranch_;
        setRow(hasTree() ? 0 : count_); // cards that wait go on waiting
        expectTree(stored, branch);
        options_.seed = recipe.seed;
    }
    pool_ = std::move(pool);
    guided_ = guided;
    return grows;
}

void GalleryModel::expectTree(TreeSnapshot stored, int branch)
{
    stored_ = std::move(stored);
    storedBranch_ = branch;
    if (!stored_)
        return;
    options_.rule = stored_->options().rule;
    options_.peculiarity = stored_->options().peculiarity;
}

GroupingWish GalleryModel::wish(bool anew) const
{
    return {.pool = pool_,
            .region = region_,
            .seed = options_.seed,
            .guided = guided_,
            .options = options_,
            .stars = stars_,
            .anew = anew,
            .stored = anew ? nullptr : stored_};
}

void GalleryModel::take(const SharedGrouping& grouping)
{
    const bool chosen = !grouping_ || grouping->choice != grouping_->choice;
    grouping_ = grouping;
    count_ = grouping->count();
    if (branch_ != root && (chosen || !opens(branch_)))
        branch_ = root;
    if (std::exchange(stored_, nullptr))
        open(storedBranch_);
}

bool GalleryModel::hasPeculiarity(Rule rule)
{
    return rule == Rule::FarthestPoint || rule == Rule::Uniform;
}

std::vector<int> GalleryModel::cardsBelow(int candidate) const
{
    std::vector<int> result;
    if (tree()) {
        const int node = candidate == root ? root_branch : tree()->node_of(candidate).value_or(root_branch);
        for (const int child : tree()->children(node))
            result.push_back(tree()->nodes()[std::size_t(child)].candidate);
    } else if (candidate == root) {
        result.resize(std::size_t(count_));
        std::iota(result.begin(), result.end(), 0);
    }
    return result;
}

std::vector<int> GalleryModel::cards() const
{
    return cardsBelow(branch_);
}

std::vector<int> GalleryModel::path() const
{
    std::vector<int> result;
    if (branch_ != root)
        for (const int node : tree()->path(*tree()->node_of(branch_)))
            result.push_back(tree()->nodes()[std::size_t(node)].candidate);
    return result;
}

bool GalleryModel::open(int candidate)
{
    if (candidate != root && !opens(candidate))
        return false;
    branch_ = candidate;
    return true;
}

bool GalleryModel::close()
{
    const std::vector<int> way = path();
    if (way.empty())
        return false;
    branch_ = way.size() > 1 ? way[way.size() - 2] : root;
    return true;
}

int GalleryModel::size(int candidate) const
{
    if (!tree() || candidate < 0 || candidate >= count_)
        return 1;
    const auto node = tree()->node_of(candidate);
    return node ? tree()->nodes()[std::size_t(*node)].size : 1;
}

double GalleryModel::rarity(int candidate) const
{
    return grouping_ && candidate >= 0 && candidate < count_ ? grouping_->rarity[std::size_t(candidate)] : 0;
}

const std::vector<QPointF>& GalleryModel::places() const
{
    static const std::vector<QPointF> none;
    return grouping_ ? grouping_->places : none;
}

void GalleryModel::setStarred(int candidate, bool on)
{
    if (!on) {
        stars_.erase(candidate);
        return;
    }
    stars_.insert(candidate);
    rejects_.erase(candidate);
}

void GalleryModel::setRejected(int candidate, bool on)
{
    if (!on) {
        rejects_.erase(candidate);
        return;
    }
    rejects_.insert(candidate);
    stars_.erase(candidate);
}

} // namespace lacuna::ui
