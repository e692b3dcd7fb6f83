// SPDX-License-Identifier: GPL-3.0-or-later
// A run that was interrupted goes on where it was, and its bytes are those of a run that never was.
#include <QtTest>

#include <fstream>
#include <optional>

#include "engine/checkpoint/checkpoint.h"
#include "engine/closed_form/this_photo.h"
#include "engine/core/atomic_file.h"
#include "engine/core/default_recipe.h"
#include "engine/core/device.h"
#include "engine/diffusion/recipe_sampler.h"
#include "engine/fill/kept_state.h"
#include "engine/fill/network_fill.h"
#include "engine/fill/network_run.h"
#include "network_requests.h"
#include "tests/core/error_of.h"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// Member 1 stops being finite below sigma 1.
class Poisoned final : public Denoiser {
public:
    Tensor x0(const Tensor& x, double sigma) override
    {
        Tensor estimate = (x / (1 + sigma * sigma)).tanh();
        for (std::size_t row = 0; row < members_.size(); ++row)
            if (members_[row] == 1 && sigma < 1)
                estimate[static_cast<std::int64_t>(row)].fill_(std::nan(""));
        return estimate;
    }
    void retain(const std::vector<std::int64_t>& rows) override
    {
        std::vector<int> kept;
        for (const std::int64_t row : rows)
            kept.push_back(members_[static_cast<std::size_t>(row)]);
        members_ = kept;
    }

private:
    std::vector<int> members_{0, 1, 2};
};

/// A run of a sampler without pictures, with all that it refers to.
struct SmallRun {
    explicit SmallRun(const std::string& name) : sampler(make(name)), noise(7, {0, 1, 2})
    {
        const Tensor z = noise.draw(at::empty({3, 1, 4, 4}), Purpose::Initial, 0);
        run.emplace(*sampler, denoiser, noise, levels_between("log-linear", 9, 20, 0.05), z * 20.,
                    std::vector<int>{0, 1, 2});
    }
    std::unique_ptr<Sampler> make(const std::string& name)
    {
        Recipe recipe;
        recipe.sampler = name;
        return make_sampler(recipe, correction, 9, {});
    }

    Correction correction{Repulsion{.eta = 0, .bound_rms = 0}};
    Poisoned denoiser{};
    std::unique_ptr<Sampler> sampler;
    CounterNoise noise;
    std::optional<SampleRun> run{};
};

StateValues taken_down(auto& run)
{
    StateExchange state;
    run.exchange(state);
    return state.values();
}

void give_back(auto& run, StateValues values)
{
    StateExchange state(std::move(values));
    run.exchange(state);
}

/// Runs of make() that are interrupted after every step, or every few of long ones, end as the one that is not.
void compare_interrupted(auto make)
{
    std::vector<StateValues> states;
    const auto whole = make();
    while (!whole->done()) {
        whole->next();
        states.push_back(taken_down(*whole));
    }
    QVERIFY(states.size() > 3);
    const std::size_t stride = std::max<std::size_t>(1, states.size() / 12);
    for (std::size_t step = 0; step < states.size(); step += stride) {
        const auto rest = make();
        give_back(*rest, states[step]);
        for (std::size_t left = states.size() - step - 1; left > 0; --left)
            rest->next();
        QVERIFY(rest->done());
        QVERIFY(rest->members() == whole->members());
        QVERIFY2(at::equal(rest->pictures(), whole->pictures()), qPrintable(QString::number(step)));
    }
}

Recipe recipe_of(const QString& method, const QString& sampler)
{
    Recipe recipe = network_request("").recipe;
    recipe.method = method.toStdString();
    recipe.sampler = sampler.toStdString();
    recipe.steps = 8;
    recipe.restoration.jumps.jump = {2, 2};
    recipe.restoration.travel_length = 2;
    recipe.restoration.travel_repeat = 2;
    return recipe;
}

} // namespace

class TestResume : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { std::filesystem::remove(at("run.state")); }
    void networks_data();
    void networks();
    void publishedTimeTravel();
    void thisPhoto_data();
    void thisPhoto();
    void membersThatWereLost_data();
    void membersThatWereLost();
    void sessions_data();
    void sessions();
    void aHeldRunIsWritten();
    void writtenNowAndThen();
    void cannotBeWritten();
    void damage();
    void ofAnotherRun();
    void hostileValues();

private:
    std::string at(const char* name) const { return folder_.filePath(name).toStdString(); }
    FillRequest request(const std::string& kind) const;
    /// Stops a run at its report number `report`, keeping its state; the evaluations it had made.
    int interrupt(FillRequest r, int report) const;
    std::shared_ptr<StateFile> file() const
    {
        auto file = std::make_shared<StateFile>();
        file->path = at("run.state");
        file->seconds = 1e9;
        return file;
    }

    QTemporaryDir folder_;
};

void TestResume::initTestCase()
{
    QVERIFY(folder_.isValid());
    write_model(at("tiny.safetensors"), tiny_preset());
    use_threads(1);
    use_tensor_threads(1);
}

void TestResume::networks_data()
{
    add_every_way();
}

void TestResume::networks()
{
    QFETCH(QString, method);
    QFETCH(QString, sampler);
    const c10::NoGradGuard no_gradients;
    const DatasetModel model = load_model(at("tiny.safetensors"), "");
    const FillRequest r = network_request(at("tiny.safetensors"));
    for (const double churn : {0.0, 10.0}) {
        if (churn > 0 && sampler != "edm")
            continue;
        Recipe recipe = recipe_of(method, sampler);
        recipe.churn = churn;
        recipe.particles = churn;
        compare_interrupted([&] {
            return std::make_unique<NetworkRun>(model, recipe,
                                                measure_window(model, r, windows_of(model, r).front()),
                                                std::vector<int>{0, 1, 2});
        });
    }
}

/// Which starts from an estimate of the step before.
void TestResume::publishedTimeTravel()
{
    const c10::NoGradGuard no_gradients;
    const DatasetModel model = load_model(at("tiny.safetensors"), "");
    const FillRequest r = network_request(at("tiny.safetensors"));
    for (const char* method : {"repaint", "ddnm"}) {
        Recipe recipe = recipe_of(method, "ddim");
        recipe.restoration.reference_quirks = true;
        compare_interrupted([&] {
            return std::make_unique<NetworkRun>(model, recipe,
                                                measure_window(model, r, windows_of(model, r).front()),
                                                std::vector<int>{0, 1, 2});
        });
    }
}

void TestResume::thisPhoto_data()
{
    QTest::addColumn<QString>("sampler");
    for (const std::string& sampler : sampler_names())
        QTest::newRow(sampler.c_str()) << QString::fromStdString(sampler);
}

void TestResume::thisPhoto()
{
    QFETCH(QString, sampler);
    const c10::NoGradGuard no_gradients;
    Recipe recipe = default_recipe();
    recipe.sampler = sampler.toStdString();
    recipe.eta = 0.5;
    recipe.steps = 12;
    const PatchLevel finest = finest_level(stripes(72, 60), square_mask(72, 60, 26, 20, 22), {});
    compare_interrupted([&] {
        return std::make_unique<ThisPhotoRun>(finest, recipe, std::vector<int>{0, 1, 4});
    });
}

void TestResume::membersThatWereLost_data()
{
    thisPhoto_data();
}

void TestResume::membersThatWereLost()
{
    QFETCH(QString, sampler);
    SmallRun whole(sampler.toStdString());
    std::vector<StateValues> states;
    while (!whole.run->done()) {
        whole.run->next();
        states.push_back(taken_down(*whole.run));
    }
    QCOMPARE(whole.run->members(), (std::vector<int>{0, 2}));
    for (std::size_t step = 0; step < states.size(); ++step) {
        SmallRun rest(sampler.toStdString());
        give_back(*rest.run, states[step]);
        while (!rest.run->done())
            rest.run->next();
        QCOMPARE(rest.run->members(), (std::vector<int>{0, 2}));
        QCOMPARE(rest.run->casualties().size(), std::size_t(1));
        QCOMPARE(rest.run->casualties()[0].member, 1);
        QCOMPARE(rest.run->casualties()[0].step, whole.run->casualties()[0].step);
        QVERIFY(at::equal(rest.run->x(), whole.run->x()));
    }
}

FillRequest TestResume::request(const std::string& kind) const
{
    FillRequest r = network_request(at("tiny.safetensors"));
    r.recipe.steps = 120;
    if (kind == "photo") {
        r.picture = stripes(120, 90);
        r.mask = square_mask(120, 90, 48, 36, 24);
        r.recipe = default_recipe();
        r.recipe.count = 3;
        r.recipe.steps = 60;
    } else if (kind == "repaint" || kind == "dps") {
        r.recipe.method = kind;
        r.recipe.steps = kind == "dps" ? 40 : 30;
        r.recipe.restoration.jumps.jump = {5, 3};
    } else if (kind == "windows" || kind == "pool of windows") {
        r.picture = stripes(120, 40);
        r.mask = square_mask(120, 40, 10, 10, 6);
        const Mask other = square_mask(120, 40, 100, 20, 7);
        for (std::size_t i = 0; i < other.values.size(); ++i)
            r.mask.values[i] |= other.values[i];
        r.recipe.steps = 40;
    } else if (kind == "pool of a task") {
        r.recipe.task = "sr-average";
        r.recipe.method = "ddnm";
        r.recipe.degrade = true;
        r.recipe.steps = 30;
    }
    if (kind.starts_with("pool")) {
        r.recipe.count = 2;
        r.recipe.pool = 7;
    }
    return r;
}

int TestResume::interrupt(FillRequest r, int report) const
{
    r.state = file();
    std::stop_source stop;
    int reports = 0, done = 0;
    const CompletionSet part = run_request(
        r, 1,
        [&](const Progress& p) {
            if (p.phase != "Sampling" || stop.stop_requested())
                return;
            done = p.done;
            if (reports++ == report) {
                r.state->wanted = true;
                stop.request_stop();
            }
        },
        stop.get_token());
    return part.stopped ? done : -1;
}

void TestResume::sessions_data()
{
    QTest::addColumn<QString>("kind");
    for (const char* kind :
         {"photo", "project", "repaint", "dps", "windows", "pool", "pool of windows", "pool of a task"})
        QTest::newRow(kind) << QString(kind);
}

void TestResume::sessions()
{
    QFETCH(QString, kind);
    const FillRequest r = request(kind.toStdString());
    int all = 0;
    const CompletionSet whole = run_request(r, 1, [&](const Progress& p) { all = p.total; });
    const std::vector<Picture> pictures = filled_pictures(r, whole);
    for (const int report : {0, 2, 5}) {
        const int before = interrupt(r, report);
        if (report > 0 && (before < 0 || before >= all))
            break; // reports are rare where runs are fast: it had ended
        QVERIFY(before >= 0 && before < all);
        FillRequest rest = r;
        rest.state = file();
        int first = -1, total = 0;
        std::size_t arrived = 0;
        std::string note;
        const CompletionSet set = run_request(rest, 1, [&](const Progress& p) {
            arrived += p.arrived.size();
            total = p.total;
            if (p.phase != "Sampling" || first >= 0)
                return;
            first = p.done;
            note = p.note;
        });
        QCOMPARE(first, before);
        QCOMPARE(total, all);
        QVERIFY2(note.find("goes on") != note.npos, note.c_str());
        QVERIFY(!set.stopped);
        QCOMPARE(arrived, std::size_t(r.recipe.pool > 0 ? r.recipe.pool : r.recipe.count));
        QVERIFY(filled_pictures(rest, set) == pictures);
        for (std::size_t i = 0; i < whole.completions.size(); ++i) {
            QCOMPARE(set.completions[i].member, whole.completions[i].member);
            QCOMPARE(set.completions[i].nearest_gray, whole.completions[i].nearest_gray);
            QCOMPARE(set.completions[i].consistency_db.value_or(-1),
                     whole.completions[i].consistency_db.value_or(-1));
        }
        QCOMPARE(bool(set.pool), r.recipe.pool > 0);
        if (set.pool)
            QCOMPARE(set.pool->features, whole.pool->features);
        std::filesystem::remove(rest.state->path);
    }
}

/// Who holds a report up can have the state written before, at every report.
void TestResume::aHeldRunIsWritten()
{
    FillRequest r = request("repaint");
    r.state = file();
    std::stop_source stop;
    int reports = 0, done = 0;
    run_request(
        r, 1,
        [&](const Progress& p) {
            if (r.state->write)
                r.state->write();
            if (p.phase == "Sampling" && reports++ == 1) {
                done = p.done;
                stop.request_stop();
            }
        },
        stop.get_token());
    QVERIFY(!r.state->write);
    FillRequest rest = r;
    rest.state = file();
    int first = -1;
    const CompletionSet set = run_request(rest, 1, [&](const Progress& p) {
        if (p.phase == "Sampling" && first < 0)
            first = p.done;
    });
    QCOMPARE(first, done);
    r.state.reset();
    QVERIFY(filled_pictures(rest, set) == filled_pictures(r, run_request(r)));
}

void TestResume::writtenNowAndThen()
{
    FillRequest r = request("project");
    r.state = file();
    run_request(r);
    QVERIFY(!std::filesystem::exists(r.state->path)); // it was too short
    r.state->seconds = 0;
    run_request(r);
    QVERIFY(std::filesystem::exists(r.state->path));
}

void TestResume::cannotBeWritten()
{
    FillRequest r = request("project");
    const std::vector<Picture> pictures = filled_pictures(r, run_request(r));
    r.state = file();
    r.state->path = at("no such folder/run.state");
    r.state->seconds = 0;
    QVERIFY(filled_pictures(r, run_request(r)) == pictures);
}

void TestResume::damage()
{
    FillRequest r = request("pool");
    const std::vector<Picture> pictures = filled_pictures(r, run_request(r));
    QVERIFY(interrupt(r, 0) >= 0);
    r.state = file();
    const std::vector<std::uint8_t> good = read_file(r.state->path);
    const std::string identity = Checkpoint::open(r.state->path).metadata().at("identity");
    QVERIFY(!read_state(r.state->path, identity, r.picture, 100).run.empty());
    const auto ignored = [&](std::vector<std::uint8_t> bytes) {
        std::ofstream(r.state->path, std::ios::binary | std::ios::trunc)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        try {
            read_state(r.state->path, identity, r.picture, 100);
        } catch (const std::exception&) {
            return true;
        }
        return false;
    };
    for (std::size_t cut = 0; cut < good.size(); cut += good.size() / 97 + 1)
        QVERIFY(ignored({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(cut)}));
    for (std::size_t at = 0; at < good.size(); at += good.size() / 997 + 1) {
        std::vector<std::uint8_t> bytes = good;
        bytes[at] ^= 0x10;
        QVERIFY(ignored(bytes));
    }
    // The whole run: begins again, and says so.
    std::vector<std::uint8_t> bytes = good;
    bytes[bytes.size() - 5] ^= 1;
    ignored(bytes);
    int first = -1;
    std::string note;
    const CompletionSet set = run_request(r, 1, [&](const Progress& p) {
        if (p.phase != "Sampling" || first >= 0)
            return;
        first = p.done;
        note = p.note;
    });
    QVERIFY(first <= 1);
    QVERIFY2(note.find("begins again") != note.npos, note.c_str());
    QVERIFY(filled_pictures(r, set) == pictures);
}

void TestResume::ofAnotherRun()
{
    FillRequest r = request("project");
    QVERIFY(interrupt(r, 1) > 0);
    ++r.recipe.seed;
    const std::vector<Picture> pictures = filled_pictures(r, run_request(r));
    r.state = file();
    int first = -1;
    const CompletionSet set = run_request(r, 1, [&](const Progress& p) {
        if (p.phase == "Sampling" && first < 0)
            first = p.done;
    });
    QVERIFY(first <= 1);
    QVERIFY(filled_pictures(r, set) == pictures);
}

/// Files with the right digest that lie about what is in them.
void TestResume::hostileValues()
{
    for (const char* kind : {"photo", "repaint"}) {
        FillRequest r = request(kind);
        r.recipe.steps = 9;
        const std::vector<Picture> pictures = filled_pictures(r, run_request(r));
        QVERIFY(interrupt(r, 0) > 0);
        const std::string identity = Checkpoint::open(file()->path).metadata().at("identity");
        const FillState good = read_state(file()->path, identity, r.picture, 1);
        const auto begins_again = [&](const std::string& name, const Tensor& value) {
            FillState bad = good;
            if (value.defined())
                bad.run[name] = value;
            else
                bad.run.erase(name);
            write_state(file()->path, identity, bad);
            FillRequest again = r;
            again.state = file();
            std::string note;
            const CompletionSet set = run_request(again, 1, [&](const Progress& p) { note = p.note; });
            return note.find("begins again") != note.npos && filled_pictures(r, set) == pictures;
        };
        for (const auto& [name, value] : good.run) {
            QVERIFY2(begins_again(name, at::zeros({2, 3}, at::kByte)), name.c_str());
            const bool optional = name.starts_with("previous") || name == "unprojected";
            QVERIFY2(optional || begins_again(name, {}), name.c_str());
        }
        const auto bad_numbers = [&](const char* name, std::vector<int> values) {
            return begins_again(name, at::tensor(values, at::kInt));
        };
        QVERIFY(bad_numbers("position", {1 << 30}));
        QVERIFY(bad_numbers("position", {-1}));
        QVERIFY(bad_numbers("position", {}));
        QVERIFY(bad_numbers("members", {0, 0}));
        QVERIFY(bad_numbers("members", {2, 1}));
        QVERIFY(bad_numbers("members", {77}));
        QVERIFY(begins_again("x", at::full_like(good.run.at("x"), std::nan(""))));
        QVERIFY(begins_again("x", at::zeros({3, 1, 1, 1})));
        if (std::string(kind) == "photo") {
            QVERIFY(bad_numbers("level", {99}));
            Tensor centres = good.run.at("patches.centres").clone();
            centres[0] = 1 << 30;
            QVERIFY(begins_again("patches.centres", centres));
            centres[0] = -2;
            QVERIFY(begins_again("patches.centres", centres));
        }
        std::filesystem::remove(file()->path);
    }
}

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"
