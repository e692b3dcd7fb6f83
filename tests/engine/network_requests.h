// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>

#include <QTemporaryDir>
#include <QTest>

#include "engine/core/recipe.h"
#include "engine/fill/fill_session.h"
#include "tests/support/made_models.h"
#include "tests/support/test_pictures.h"

/// What the tests of filling with networks ask for.
namespace lacuna::test {

/// A hole in a picture of the size of the tiny networks, few steps and members.
inline FillRequest network_request(const std::string& model)
{
    FillRequest r{.picture = stripes(16, 16), .mask = square_mask(16, 16, 5, 6, 5)};
    r.recipe.model = model;
    r.recipe.count = 3;
    r.recipe.steps = 5;
    r.recipe.seed = 3;
    r.recipe.eta = 0.3;
    r.recipe.bound = {24, BoundConvention::GrayLevels};
    return r;
}

/// Rows of a test with the columns method and sampler: each sampler alone, and each method.
inline void add_every_way()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("sampler");
    for (const std::string& sampler : sampler_names())
        QTest::addRow("project, %s", sampler.c_str()) << "project" << QString::fromStdString(sampler);
    for (const char* method : {"repaint", "ddrm", "ddnm", "dps", "diffpir"})
        QTest::newRow(method) << QString(method) << "ddim";
}

inline CompletionSet run_request(
    const FillRequest& r, int threads = 1, const std::function<void(Progress)>& report = [](Progress) {},
    std::stop_token stop = {})
{
    static std::map<int, std::unique_ptr<Session>> sessions; // which keep their latest model
    std::unique_ptr<Session>& session = sessions[threads];
    if (!session)
        session = make_fill_session(threads, "cpu");
    return session->fill(r, report, stop);
}

inline std::vector<Picture> filled_pictures(const FillRequest& r, const CompletionSet& set)
{
    std::vector<Picture> pictures;
    for (const Completion& completion : set.completions)
        pictures.push_back(composite(canvas(r, set), canvas_hole(r, set), completion));
    return pictures;
}

} // namespace lacuna::test
