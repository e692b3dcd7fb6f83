// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallery_model.h"

#include <QRectF>

#include <algorithm>
#include <numeric>

namespace lacuna::ui {
namespace {

std::vector<Candidate> provenance(const CandidatePool& pool, const Recipe& recipe)
{
    std::vector<Candidate> list;
    for (const Completion& one : pool.candidates)
        list.push_back({.seed = recipe.seed, .member = one.member, .guided = recipe.eta > 0});
    return list;
}

/// Rank of each row's distance to its neighbours, from 0 to 1.
std::vector<double> ranks(const FeatureRows& rows)
{
    const auto size = static_cast<std::size_t>(rows.size());
    std::vector<double> result(size, 0);
    if (size < 2)
        return result;
    const std::vector<double> rho = uniformization_neighbourhoods(rows).rho;
    std::vector<std::size_t> order(size);
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [&rho](std::size_t a, std::size_t b) { return rho[a] < rho[b]; });
    for (std::size_t i = 0; i < size; ++i)
        result[order[i]] = double(i) / double(size - 1);
    return result;
}

} // namespace

void GalleryModel::setRow(int count)
{
    *this = GalleryModel();
    count_ = count;
}

void GalleryModel::setPool(const CandidatePool& pool, const Recipe& recipe)
{
    std::vector<Candidate> candidates = provenance(pool, recipe);
    const bool grows = tree_ && candidates_.size() <= candidates.size()
                       && std::equal(candidates_.begin(), candidates_.end(), candidates.begin());
    if (!grows) {
        const TreeOptions options = options_;
        *this = GalleryModel();
        options_ = options;
        options_.seed = recipe.seed;
    }
    count_ = static_cast<int>(candidates.size());
    candidates_ = std::move(candidates);
    rows_ = FeatureRows(pool.features, pool.columns);
    rarity_ = ranks(rows_);
    guided_ = recipe.eta > 0;
    if (grows) {
        tree_ = grow_tree(*tree_, rows_, candidates_, Keep::Everything);
        keepBranch();
    } else {
        rebuild();
    }
}

/// The present tree under other options, with the stars as pins; what is not pinned is chosen anew by grow_tree.
TreeSnapshot GalleryModel::withOptions() const
{
    const TreeSnapshot pinned = with_pins(*tree_, stars_);
    return std::make_shared<const GalleryTree>(options_, pinned->candidates(), pinned->nodes(),
                                               pinned->nearest());
}

void GalleryModel::rebuild()
{
    const bool keeps = tree_ && !stars_.empty();
    tree_ = keeps ? grow_tree(*withOptions(), rows_, candidates_, Keep::Pinned)
                  : build_tree(rows_, candidates_, options_);
    chosenFrom_ = count_;
    branch_ = root;
}

void GalleryModel::regroup()
{
    if (tree_)
        rebuild();
}

void GalleryModel::setRule(Rule rule)
{
    options_.rule = rule;
    regroup();
}

void GalleryModel::setPeculiarity(double value)
{
    options_.peculiarity = value;
    regroup();
}

bool GalleryModel::hasPeculiarity(Rule rule)
{
    return rule == Rule::FarthestPoint || rule == Rule::Uniform;
}

std::vector<int> GalleryModel::cardsBelow(int candidate) const
{
    std::vector<int> result;
    if (tree_) {
        const int node = candidate == root ? root_branch : tree_->node_of(candidate).value_or(root_branch);
        for (const int child : tree_->children(node))
            result.push_back(tree_->nodes()[std::size_t(child)].candidate);
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
        for (const int node : tree_->path(*tree_->node_of(branch_)))
            result.push_back(tree_->nodes()[std::size_t(node)].candidate);
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

void GalleryModel::keepBranch()
{
    if (branch_ != root && !opens(branch_))
        branch_ = root;
}

int GalleryModel::size(int candidate) const
{
    if (!tree_ || candidate < 0 || candidate >= count_)
        return 1;
    const auto node = tree_->node_of(candidate);
    return node ? tree_->nodes()[std::size_t(*node)].size : 1;
}

double GalleryModel::rarity(int candidate) const
{
    return candidate >= 0 && candidate < int(rarity_.size()) ? rarity_[std::size_t(candidate)] : 0;
}

std::vector<QPointF> GalleryModel::places() const
{
    if (!tree_)
        return {};
    std::vector<QPointF> result;
    QRectF box;
    for (int i = 0; i < count_; ++i) {
        const double* row = rows_.row(i);
        result.emplace_back(rows_.columns() > 0 ? row[0] : 0, rows_.columns() > 1 ? row[1] : 0);
        box = i == 0 ? QRectF(result[0], QSizeF()) : box.united(QRectF(result.back(), QSizeF(1e-9, 1e-9)));
    }
    const double extent = std::max({box.width(), box.height(), 1e-6});
    for (QPointF& place : result)
        place = (place - box.center()) / extent + QPointF(0.5, 0.5);
    return result;
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

std::optional<Unseen> GalleryModel::unseen() const
{
    if (!tree_ || guided_ || count_ == 0)
        return std::nullopt;
    return lacuna::unseen(linked_kinds(rows_, usual_step(rows_)));
}

} // namespace lacuna::ui
