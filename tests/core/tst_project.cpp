// SPDX-License-Identifier: GPL-3.0-or-later
// Project files give back what was saved, say what is damaged, and are never half written.
#include <random>

#include <QtTest>

#include "engine/checkpoint/zip_directory.h"
#include "engine/core/atomic_file.h"
#include "engine/project/mask_runs.h"
#include "engine/project/project_file.h"
#include "engine/project/zip_writer.h"
#include "tests/core/error_of.h"
#include "tests/core/killed_child.h"
#include "tests/core/project_makers.h"

using namespace lacuna;
using namespace lacuna::test;
namespace fs = std::filesystem;

namespace {

using Bytes = std::vector<std::uint8_t>;

std::string text_of(const Bytes& bytes)
{
    return {bytes.begin(), bytes.end()};
}

/// What opening gives: the project, its losses, or the refusal.
struct Opening {
    std::optional<OpenedProject> opened{};
    QString refusal{};
};

Opening outcome_of(std::span<const std::uint8_t> bytes)
{
    Opening outcome;
    outcome.refusal =
        error_of([&] { outcome.opened = read_project(ByteSource::memory(bytes, "the project")); });
    return outcome;
}

/// Either exactly what was saved, or somebody is told.
bool identical_or_reported(const Bytes& bytes, const Project& saved)
{
    const Opening outcome = outcome_of(bytes);
    if (!outcome.opened)
        return outcome.refusal.startsWith("3: the project: ");
    return outcome.opened->lost.empty() ? same(outcome.opened->project, saved)
                                        : !outcome.opened->read_only.empty();
}

} // namespace

class TestProject : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
    }

    void whatIsSavedComesBack_data();
    void whatIsSavedComesBack();
    void failedAndEmptyCompletionsComeBack();
    void itIsAZipFileThatSaysWhatItIs();
    void equalProjectsAreEqualFiles();
    void cutAtEveryByte();
    void flippedBits();
    void intactPartsSurviveDamage();
    void theListOfMembersMayBeLost();
    void newerVersionsAreReadOnly();
    void namedMasksComeBack();
    void olderFilesHaveMasksWithoutNumbers();
    void masksOfOneNumberAreDamage();
    void hostileDescriptions_data();
    void hostileDescriptions();
    void otherFiles();
    void manyMembers();
    void runsOfMasks();
    void damagedRunsOfMasks();
    void aFullDiskLeavesTheOldFile();
    void theVersionBeforeIsKept();
    void poolsComeBack();
    void aDamagedTwinCostsNothingElse();
    void olderFilesHaveNeitherTwinsNorBranches();
    void itsPictureIsDecodedAsAsked();
    void killedAtEverySystemCall();

private:
    fs::path at(const std::string& name) const { return fs::path(folder_->path().toStdString()) / name; }
    Bytes saved(const Project& project) const
    {
        save_project(at("p.lacuna"), project);
        return read_file(at("p.lacuna"));
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

void TestProject::whatIsSavedComesBack_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    for (const int channels : {1, 2, 3, 4})
        for (const int bits : {8, 16})
            QTest::addRow("%d channels of %d bits", channels, bits) << channels << bits;
}

void TestProject::whatIsSavedComesBack()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    const Project project = made_project(24, 18, channels, bits);
    const Opening outcome = outcome_of(saved(project));
    QVERIFY2(outcome.opened, qPrintable(outcome.refusal));
    QVERIFY(outcome.opened->lost.empty());
    QVERIFY(outcome.opened->read_only.empty());
    QVERIFY(same(outcome.opened->project, project));
    // Saved again, it is the same file.
    const Bytes first = read_file(at("p.lacuna"));
    QVERIFY(saved(outcome.opened->project) == first);
}

void TestProject::failedAndEmptyCompletionsComeBack()
{
    Project project = made_project();
    CompletionSet set = *project.sets[0].set;
    set.completions[1].patches.clear();
    set.completions[1].problem = "Member 2 became NaN at step 7.";
    set.completions[0].consistency_db = std::numeric_limits<double>::infinity();
    set.completions[0].psnr_db = 31.5;
    set.completions[2].finished = false;
    set.stopped = true;
    project.sets[0].set = std::make_shared<const CompletionSet>(std::move(set));
    project.sets[1].set = std::make_shared<const CompletionSet>();
    project.sets[1].marks.clear();
    project.tree.reset();
    project.open_branch = -1;
    project.draft.reset();
    const Opening outcome = outcome_of(saved(project));
    QVERIFY2(outcome.opened, qPrintable(outcome.refusal));
    QVERIFY(same(outcome.opened->project, project));
}

void TestProject::itIsAZipFileThatSaysWhatItIs()
{
    const Project project = made_project();
    const Bytes bytes = saved(project);
    QCOMPARE(text_of(bytes).substr(0, 4), std::string("PK\3\4"));
    QCOMPARE(text_of(bytes).substr(30, 8), std::string("mimetype"));
    QCOMPARE(text_of(bytes).substr(38, std::strlen(project_mimetype)), std::string(project_mimetype));
    // The picture's own bytes are in it, one after the other.
    const auto found =
        std::search(bytes.begin(), bytes.end(), project.picture_file->begin(), project.picture_file->end());
    QVERIFY(found != bytes.end());
    const auto members = read_stored_zip(ByteSource::memory(bytes, "p"));
    for (const char* name :
         {"mimetype", "project.json", "picture/original", "sets/1/set.json", "sets/1/1-1.png",
          "sets/1/3-1.png", "sets/4/1-1.png", "sets/4/twin-2-1.png", "tree.json"})
        QVERIFY2(members.contains(name), name);
    QCOMPARE(members.size(), std::size_t(15)); // and three masks, the hole being one that both sets share
}

void TestProject::equalProjectsAreEqualFiles()
{
    const Bytes first = saved(made_project());
    QVERIFY(saved(made_project()) == first);
}

void TestProject::cutAtEveryByte()
{
    const Project project = made_project();
    const Bytes bytes = saved(project);
    int opened = 0;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const Opening outcome = outcome_of(std::span(bytes).first(size));
        if (outcome.opened) {
            ++opened;
            QVERIFY(!outcome.opened->lost.empty() && !outcome.opened->read_only.empty());
            QVERIFY(outcome.opened->project.picture == project.picture);
        } else {
            QVERIFY2(outcome.refusal.startsWith("3: the project: "), qPrintable(outcome.refusal));
        }
    }
    // Whatever is cut behind the picture costs only what was cut.
    const auto members = read_stored_zip(ByteSource::memory(bytes, "p"));
    const ZipEntry picture = members.at("picture/original");
    QCOMPARE(opened, int(bytes.size() - picture.begin - picture.size));
}

void TestProject::flippedBits()
{
    const Project project = made_project();
    const Bytes bytes = saved(project);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        Bytes damaged = bytes;
        damaged[i] ^= std::uint8_t(1 << (i * 7 % 8));
        QVERIFY2(identical_or_reported(damaged, project), qPrintable(QString("byte %1").arg(i)));
    }
    std::mt19937 random(4);
    for (int i = 0; i < 500; ++i) { // several at once
        Bytes damaged = bytes;
        for (int k = 0; k < 5; ++k)
            damaged[random() % damaged.size()] = std::uint8_t(random());
        QVERIFY(identical_or_reported(damaged, project));
    }
}

void TestProject::intactPartsSurviveDamage()
{
    const Project project = made_project();
    Bytes bytes = saved(project);
    const auto members = read_stored_zip(ByteSource::memory(bytes, "p"));
    bytes[members.at("sets/1/2-1.png").begin + 60] ^= 1;
    bytes[members.at("tree.json").begin + 5] ^= 1;
    const Opening outcome = outcome_of(bytes);
    QVERIFY2(outcome.opened, qPrintable(outcome.refusal));
    QCOMPARE(outcome.opened->lost.size(), std::size_t(2));
    QVERIFY(!outcome.opened->read_only.empty());
    const Project& rest = outcome.opened->project;
    QVERIFY(!rest.tree);
    QCOMPARE(rest.sets.size(), std::size_t(2));
    const auto& completions = rest.sets[0].set->completions;
    QVERIFY(same(completions[0], project.sets[0].set->completions[0]));
    QVERIFY(!completions[1].problem.empty() && completions[1].patches.empty());
    QVERIFY(same(completions[2], project.sets[0].set->completions[2]));
    QVERIFY(same(rest.sets[1], project.sets[1]));
}

void TestProject::theListOfMembersMayBeLost()
{
    const Project project = made_project();
    Bytes bytes = saved(project);
    bytes.resize(bytes.size() - 30); // the end record and a piece of the list
    const Opening outcome = outcome_of(bytes);
    QVERIFY2(outcome.opened, qPrintable(outcome.refusal));
    QCOMPARE(outcome.opened->lost.size(), std::size_t(1));
    QVERIFY(same(outcome.opened->project, project));
}

/// A project whose description is `change(text)`.
template <typename Change> static Bytes described(const Bytes& bytes, const fs::path& path, Change&& change)
{
    const ByteSource source = ByteSource::memory(bytes, "p");
    AtomicFile file(path);
    ZipWriter zip(file);
    const auto members = read_stored_zip(source);
    std::vector<std::pair<std::uint64_t, std::string>> order;
    for (const auto& [name, entry] : members)
        order.emplace_back(entry.begin, name);
    std::sort(order.begin(), order.end());
    for (const auto& [begin, name] : order) {
        const Bytes member = source.read(begin, std::size_t(members.at(name).size));
        zip.add(name, name == "project.json" ? change(text_of(member)) : text_of(member));
    }
    zip.finish();
    file.commit();
    return read_file(path);
}

void TestProject::newerVersionsAreReadOnly()
{
    const Project project = made_project();
    const Bytes newer = described(saved(project), at("newer.lacuna"), [](std::string text) {
        const std::string schema = "\"schema\": 1,";
        text.replace(text.find(schema), schema.size(), "\"schema\": 2,\n \"holograms\": [1, 2],");
        return text;
    });
    const Opening outcome = outcome_of(newer);
    QVERIFY2(outcome.opened, qPrintable(outcome.refusal));
    QVERIFY(outcome.opened->lost.empty());
    QVERIFY(QString::fromStdString(outcome.opened->read_only).contains("newer version"));
    QVERIFY(same(outcome.opened->project, project));
}

void TestProject::namedMasksComeBack()
{
    Project project = made_project();
    project.masks[0].id = 7;
    project.masks[1].id = 2;
    project.masks[1].soft_edge = 12;
    project.mask_in_use = 2;
    const Opening outcome = outcome_of(saved(project));
    QVERIFY2(outcome.opened, qPrintable(outcome.refusal));
    const Project& back = outcome.opened->project;
    QVERIFY(same(back, project));
    QCOMPARE(back.masks[0].id, 7);
    QCOMPARE(back.masks[1].id, 2);
    QCOMPARE(back.masks[0].soft_edge, 0);
    QCOMPARE(back.masks[1].soft_edge, 12);
    QCOMPARE(used_mask(back), std::size_t(1));
}

/// The description without a line that begins like this, wherever it stands.
static std::string without_lines(const std::string& text, const std::string& begin)
{
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t line_end = text.find('\n', at);
        const std::size_t end = line_end == std::string::npos ? text.size() : line_end + 1;
        const std::string line = text.substr(at, end - at);
        at = end;
        if (line.compare(line.find_first_not_of(' '), begin.size(), begin) != 0)
            kept += line;
        else if (line.find(',') == std::string::npos) // it was the last of its object
            kept.erase(kept.rfind(','), 1);
    }
    return kept;
}

void TestProject::olderFilesHaveMasksWithoutNumbers()
{
    const Project project = made_project();
    bool changed = false;
    const Bytes older = described(saved(project), at("older.lacuna"), [&changed](const std::string& text) {
        const std::string all =
            without_lines(without_lines(without_lines(text, "\"mask_in_use\""), "\"id\": 1"), "\"id\": 2");
        changed = all.size() + 40 < text.size();
        return all;
    });
    QVERIFY(changed);
    const Opening outcome = outcome_of(older);
    QVERIFY2(outcome.opened, qPrintable(outcome.refusal));
    QVERIFY(outcome.opened->lost.empty());
    QVERIFY(same(outcome.opened->project, project));
    QCOMPARE(used_mask(outcome.opened->project), std::size_t(0)); // the first was in use
    QCOMPARE(outcome.opened->project.masks[0].id, 1);
    QCOMPARE(outcome.opened->project.masks[1].id, 2);
}

void TestProject::masksOfOneNumberAreDamage()
{
    Project project = made_project();
    project.masks[0].id = project.masks[1].id = 3;
    const Opening outcome = outcome_of(saved(project));
    QVERIFY2(outcome.opened, qPrintable(outcome.refusal));
    QCOMPARE(outcome.opened->lost.size(), std::size_t(1));
    QCOMPARE(outcome.opened->project.masks.size(), std::size_t(1));
    QVERIFY(!outcome.opened->read_only.empty());
}

void TestProject::hostileDescriptions_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    const auto row = [](const char* what, const char* from, const char* to) {
        QTest::newRow(what) << QString(from) << QString(to);
    };
    row("a schema of the past", "\"schema\": 1", "\"schema\": 0");
    row("a schema that is no number", "\"schema\": 1", "\"schema\": \"1\"");
    row("a huge schema", "\"schema\": 1", "\"schema\": 1e300");
    row("a negative revision", "\"revision\": 3", "\"revision\": -3");
    row("no id", "\"id\":", "\"jd\":");
    row("an id twice", "\"id\":", "\"id\": \"x\", \"id\":");
    row("masks that are no list", "\"masks\": [", "\"masks\": {}, \"other\": [");
    row("a picture elsewhere", "picture/original\"\n", "../../../etc/passwd\"\n");
    row("a hash that is no text", "\"tree.json\": \"", "\"tree.json\": 7, \"other\": \"");
    row("too deep", "\"schema\": 1", "\"schema\": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1");
}

void TestProject::hostileDescriptions()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    const Bytes good = saved(made_project());
    bool changed = false;
    const Bytes bad = described(good, at("bad.lacuna"), [&](std::string text) {
        const std::size_t where = text.find(from.toStdString());
        changed = where != std::string::npos;
        return changed ? text.replace(where, from.toStdString().size(), to.toStdString()) : text;
    });
    QVERIFY(changed);
    const Opening outcome = outcome_of(bad);
    QVERIFY2(!outcome.opened, "it is refused");
    QVERIFY2(outcome.refusal.startsWith("3: the project: "), qPrintable(outcome.refusal));
}

void TestProject::otherFiles()
{
    const Bytes png = encode_png(made_picture(9, 9, 3, 8, 1));
    for (const Bytes& bytes : {Bytes(), Bytes{'P', 'K', 3, 4}, png, Bytes(1000, 'x')}) {
        QVERIFY(!begins_like_project(ByteSource::memory(bytes, "p")));
        QVERIFY(outcome_of(bytes).refusal.contains("is not a project"));
    }
    const QString missing = error_of([&] { open_project(at("missing.lacuna")); });
    QVERIFY2(missing.startsWith("3: ") && missing.contains("missing.lacuna"), qPrintable(missing));
}

void TestProject::manyMembers()
{
    // More members than the 16-bit count of the end record can tell.
    AtomicFile file(at("many.zip"));
    ZipWriter zip(file);
    for (int i = 0; i < 65535; ++i)
        zip.add("m/" + std::to_string(i), std::string());
    zip.add("m/last", std::string("here"));
    zip.finish();
    file.commit();
    const ByteSource source = ByteSource::open(at("many.zip"));
    const auto members = read_stored_zip(source);
    QCOMPARE(members.size(), std::size_t(65536));
    QVERIFY(text_of(source.read(members.at("m/last").begin, 4)) == "here");
}

void TestProject::runsOfMasks()
{
    std::mt19937 random(1);
    for (int i = 0; i < 200; ++i) {
        Mask mask(1 + int(random() % 300), 1 + int(random() % 40));
        const unsigned one_in = 1 + random() % 50;
        for (std::uint8_t& value : mask.values)
            value = random() % one_in == 0 ? 255 : 0;
        Area area{int(random() % unsigned(mask.width)), int(random() % unsigned(mask.height)), 0, 0};
        area.width = 1 + int(random() % unsigned(mask.width - area.x));
        area.height = 1 + int(random() % unsigned(mask.height - area.y));
        const Bytes runs = encode_runs(mask, area);
        Mask back = mask;
        for (int y = area.y; y < area.y + area.height; ++y)
            for (int x = area.x; x < area.x + area.width; ++x)
                back.values[std::size_t(y) * mask.width + x] ^= 255;
        decode_runs(runs, area, back, "runs");
        QVERIFY(back == mask);
    }
}

void TestProject::damagedRunsOfMasks()
{
    const Mask mask = made_mask(40, 30, 5, 5, 9);
    const Bytes runs = encode_runs(mask, {0, 0, 40, 30});
    const auto refused = [&](const Bytes& bytes, const Area& area) {
        Mask into(40, 30);
        return error_of([&] { decode_runs(bytes, area, into, "runs"); }).startsWith("3: runs: ");
    };
    for (std::size_t size = 0; size < runs.size(); ++size)
        QVERIFY(refused(Bytes(runs.begin(), runs.begin() + std::ptrdiff_t(size)), {0, 0, 40, 30}));
    Bytes longer = runs;
    longer.push_back(1);
    QVERIFY(refused(longer, {0, 0, 40, 30}));
    QVERIFY(refused(Bytes(20, 0xFF), {0, 0, 40, 30}));
    for (const Area& area : {Area{-1, 0, 40, 30}, Area{1, 0, 40, 30}, Area{0, 0, 40, 31},
                             Area{0, 0, 2147483647, 1}, Area{39, 29, 2, 1}})
        QVERIFY(refused(runs, area));
}

void TestProject::aFullDiskLeavesTheOldFile()
{
    const Project project = made_project();
    const Bytes before = saved(project);
    for (const std::size_t room : {std::size_t(0), std::size_t(100), before.size() / 2, before.size() - 1}) {
        const int code = in_limited_child(room, [&] {
            const QString error = error_of([&] { save_project(at("p.lacuna"), project); });
            return error.startsWith("6: ") && error.contains("unchanged") ? 0 : 51;
        });
        QCOMPARE(code, 0);
        QVERIFY(read_file(at("p.lacuna")) == before);
        QCOMPARE(std::distance(fs::directory_iterator(folder_->path().toStdString()), {}), std::ptrdiff_t(1));
    }
}

void TestProject::theVersionBeforeIsKept()
{
    Project project = made_project();
    const Bytes first = saved(project);
    QVERIFY(!fs::exists(at("p.lacuna~"))); // there was none
    ++project.revision;
    const Bytes second = saved(project);
    QVERIFY(read_file(at("p.lacuna~")) == first);
    ++project.revision;
    saved(project);
    QVERIFY(read_file(at("p.lacuna~")) == second);
    // Where it cannot be kept the project is saved all the same.
    fs::remove(at("p.lacuna~"));
    fs::create_directories(at("p.lacuna~/in the way"));
    ++project.revision;
    QVERIFY(read_project(ByteSource::memory(saved(project), "p")).project.revision == project.revision);
    QCOMPARE(std::distance(fs::directory_iterator(folder_->path().toStdString()), {}), std::ptrdiff_t(2));
    // A link stays one, and the version before lies beside the file.
    fs::create_directories(at("links"));
    fs::create_symlink(at("p.lacuna"), at("links/l.lacuna"));
    save_project(at("links/l.lacuna"), project);
    QVERIFY(fs::is_symlink(at("links/l.lacuna")));
    QVERIFY(!fs::exists(at("links/l.lacuna~")));
}

void TestProject::poolsComeBack()
{
    Project project = made_project();
    auto set = std::make_shared<CompletionSet>(*project.sets[0].set);
    auto pool = std::make_shared<CandidatePool>();
    pool->columns = 2;
    pool->candidates = set->completions;
    pool->features = {0.1f, -2.5e-20f, 1e20f, 3, std::nanf(""), 5};
    set->pool = pool;
    project.sets[0].set = set;
    const Bytes file = saved(project);
    const auto read = [](const Bytes& bytes) {
        return read_project(ByteSource::memory(bytes, "p")).project.sets[0].set->pool;
    };
    const auto found = read(file);
    QVERIFY(found);
    QCOMPARE(found->columns, 2);
    for (std::size_t i = 0; i < 6; ++i)
        QVERIFY(found->features[i] == pool->features[i] || (i == 4 && std::isnan(found->features[i])));
    QCOMPARE(found->candidates.size(), std::size_t(3));
    QVERIFY(same(found->candidates[2], set->completions[2]));
    pool->features.pop_back(); // does not fit the candidates
    QVERIFY(!read(saved(project)));
}

void TestProject::aDamagedTwinCostsNothingElse()
{
    const Project project = made_project();
    Bytes bytes = saved(project);
    bytes[read_stored_zip(ByteSource::memory(bytes, "p")).at("sets/4/twin-1-1.png").begin + 60] ^= 1;
    const Opening outcome = outcome_of(bytes);
    QVERIFY2(outcome.opened, qPrintable(outcome.refusal));
    QCOMPARE(outcome.opened->lost.size(), std::size_t(1));
    const ProjectSet& set = outcome.opened->project.sets[1];
    QVERIFY(same(*set.set, *project.sets[1].set));
    QVERIFY(!set.twin->completions[0].problem.empty());
    QVERIFY(same(set.twin->completions[1], project.sets[1].twin->completions[1]));
}

void TestProject::olderFilesHaveNeitherTwinsNorBranches()
{
    Project project = made_project();
    project.sets[1].twin.reset();
    project.open_branch = -1;
    const Bytes bytes = saved(project);
    QVERIFY(text_of(bytes).find("twin") == std::string::npos);
    QVERIFY(text_of(bytes).find("\"branch\"") == std::string::npos);
    const Opening outcome = outcome_of(bytes);
    QVERIFY2(outcome.opened, qPrintable(outcome.refusal));
    QVERIFY(same(outcome.opened->project, project));
}

void TestProject::itsPictureIsDecodedAsAsked()
{
    const Project project = made_project();
    const Bytes file = saved(project);
    Bytes given;
    const auto decode = [&given](std::span<const std::uint8_t> bytes, const std::string& name) {
        given.assign(bytes.begin(), bytes.end());
        return decode_picture(bytes, name);
    };
    QVERIFY(same(read_project(ByteSource::memory(file, "p"), decode).project, project));
    QVERIFY(given == *project.picture_file);
    const auto crashes = [](std::span<const std::uint8_t>, const std::string& name) -> Picture {
        throw Error(ErrorKind::Input, name, "made its decoder crash", "Use another copy of it");
    };
    QVERIFY(error_of([&] { read_project(ByteSource::memory(file, "p"), crashes); }).contains("crash"));
}

void TestProject::killedAtEverySystemCall()
{
    const Project before = made_project();
    Project after = before;
    ++after.revision;
    after.sets.pop_back();
    const Bytes old_bytes = saved(before);
    int kills = 0;
    bool ended = false;
    for (int call = 1; !ended; ++call) {
        write_file(at("p.lacuna"), old_bytes);
        ended = run_and_kill_at(call, [&] { save_project(at("p.lacuna"), after); }) == KilledChild::Ended;
        kills += !ended;
        const OpenedProject found = open_project(at("p.lacuna"));
        QVERIFY(found.lost.empty());
        QVERIFY(same(found.project, before) || same(found.project, after));
        QVERIFY(!ended || same(found.project, after));
        remove_stale_temporaries(at("."), 0);
        const bool kept = fs::exists(at("p.lacuna~")); // the version before, whole
        QVERIFY(!kept || read_file(at("p.lacuna~")) == old_bytes);
        QVERIFY(!ended || kept);
        QCOMPARE(std::distance(fs::directory_iterator(folder_->path().toStdString()), {}),
                 std::ptrdiff_t(kept ? 2 : 1));
    }
    QVERIFY2(kills > 15, qPrintable(QString::number(kills)));
}

QTEST_APPLESS_MAIN(TestProject)
#include "tst_project.moc"
