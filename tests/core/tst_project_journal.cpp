// SPDX-License-Identifier: GPL-3.0-or-later
// A journal gives back every action but the one at hand, whatever happens to the program or to the file; a project
// has one writer.
#include <atomic>
#include <random>
#include <thread>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <QtTest>

#include "engine/core/atomic_file.h"
#include "engine/project/journal_records.h"
#include "engine/project/project_file.h"
#include "engine/project/recovery.h"
#include "tests/core/error_of.h"
#include "tests/core/killed_child.h"
#include "tests/core/project_makers.h"

using namespace lacuna;
using namespace lacuna::test;
namespace fs = std::filesystem;

namespace {

using Bytes = std::vector<std::uint8_t>;

/// A picture, strokes and two runs, as a person would make them.
std::vector<JournalRecord> made_records(const Project& project)
{
    std::vector<JournalRecord> records{begin_record({"", project.id, 0, project.picture_name}),
                                       picture_record(project.picture_name, *project.picture_file)};
    const Mask& mask = *project.masks[0].mask;
    records.push_back(mask_record(made_mask(3, 3, 0, 0, 3), 2, 2));
    records.push_back(mask_record(mask, 0, 0));
    for (const ProjectSet& one : project.sets) {
        records.push_back(set_begun_record(one.number, *one.hole, one.set->recipe));
        for (const Completion& completion : one.set->completions)
            records.push_back(completion_record(one.number, completion));
        records.push_back(set_ended_record(one.number, *one.set));
        if (one.twin)
            records.push_back(twin_record(one.number, *one.twin));
        for (std::size_t i = 0; i < one.marks.size(); ++i)
            if (one.marks[i] != Mark::None)
                records.push_back(marked_record(one.number, i, one.marks[i]));
    }
    records.push_back(draft_record(*project.draft));
    records.push_back(tree_record(*project.tree, project.open_branch));
    return records;
}

/// What the first `count` records make, beside the Begin record.
Project replayed(const std::vector<JournalRecord>& records, std::size_t count)
{
    Project project;
    replay(project, std::span(records).subspan(1, count - 1), "made");
    return project;
}

bool equal(const std::vector<JournalRecord>& a, std::span<const JournalRecord> b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.kind == y.kind && x.payload == y.payload;
    });
}

/// A number that a child process counts up and its parent reads.
class SharedCounter {
public:
    SharedCounter()
        : count_(static_cast<std::atomic<int>*>(::mmap(
            nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)))
    {
        *count_ = 0;
    }
    ~SharedCounter() { ::munmap(count_, sizeof(std::atomic<int>)); }
    std::atomic<int>& operator*() { return *count_; }

private:
    std::atomic<int>* count_;
};

} // namespace

class TestProjectJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        project_ = made_project();
        project_.masks.resize(1);
        records_ = made_records(project_);
    }
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
    }

    void actionsComeBack();
    void listsOfMasksComeBack();
    void cutAtEveryByte();
    void flippedBits();
    void aCompletionIsToldAgain();
    void recordsThatDoNotFit_data();
    void recordsThatDoNotFit();
    void journalsAreNotOverwritten();
    void aFullDiskCostsOneRecord();
    void killedAtEverySystemCall();
    void goesOnBehindTheLastGoodRecord();
    void recoveryContinuesAProject();
    void recoveryKnowsWhatWasSaved();
    void recoverySaysWhatIsMissing();
    void runningProgramsKeepTheirJournals();
    void closedJournalsAreTrimmed();
    void oneHolder();
    void locksOfEndedProcessesAreTakenOver();
    void locksOfOthersStay_data();
    void locksOfOthersStay();
    void theLockIsGivenBackAndNoticed();
    void manyTakers();

private:
    fs::path at(const std::string& name) const { return fs::path(folder_->path().toStdString()) / name; }
    Bytes write_journal(const std::vector<JournalRecord>& records,
                        const std::string& name = "j.lacuna-journal")
    {
        JournalWriter writer(at(name));
        for (const JournalRecord& record : records)
            writer.append(record);
        writer.sync();
        return read_file(at(name));
    }

    std::unique_ptr<QTemporaryDir> folder_;
    Project project_;
    std::vector<JournalRecord> records_;
};

void TestProjectJournal::actionsComeBack()
{
    const Bytes bytes = write_journal(records_);
    const JournalContents contents = read_journal(ByteSource::memory(bytes, "j"));
    QCOMPARE(contents.unread, std::uint64_t(0));
    QVERIFY(equal(contents.records, records_));
    QVERIFY(same_content(replayed(contents.records, contents.records.size()), project_));
    QVERIFY(read_base(contents.records[0], "j") == (JournalBase{"", project_.id, 0, project_.picture_name}));
    struct stat info {};
    QVERIFY(::stat(at("j.lacuna-journal").c_str(), &info) == 0);
    QCOMPARE(int(info.st_mode & 0777), 0600); // pictures are private
}

void TestProjectJournal::listsOfMasksComeBack()
{
    const auto square = [](int x) { return std::make_shared<const Mask>(made_mask(24, 18, x, 2, 4)); };
    std::vector<JournalRecord> records = records_;
    const auto add = [&records](const std::vector<NamedMask>& masks, int used) {
        records.push_back(masks_record(masks, used));
    };
    add({{"", {}, 1}, {"eyes", square(3), 4, 6}}, 4);                 // a new one is used
    records.push_back(mask_record(made_mask(2, 2, 0, 0, 2), 20, 15)); // and painted
    add({{"", {}, 1}, {"eyes and ears", {}, 4, 9}, {"copy", square(9), 5}}, 1);
    records.push_back(mask_record(Mask(24, 18), 0, 0));     // the first one is cleared
    add({{"copy", {}, 5}, {"eyes and ears", {}, 4, 9}}, 5); // and removed
    const Project project = replayed(records, records.size());
    QCOMPARE(project.masks.size(), std::size_t(2));
    QCOMPARE(project.masks[0].name, std::string("copy"));
    QVERIFY(*project.masks[0].mask == *square(9));
    QCOMPARE(project.masks[1].name, std::string("eyes and ears"));
    QCOMPARE(project.masks[1].soft_edge, 9);
    Mask painted = *square(3);
    for (const int at : {15 * 24 + 20, 15 * 24 + 21, 16 * 24 + 20, 16 * 24 + 21})
        painted.values[std::size_t(at)] = 255;
    QVERIFY(*project.masks[1].mask == painted);
    QCOMPARE(used_mask(project), std::size_t(0));
    const Project before = replayed(records, records.size() - 1);
    QCOMPARE(before.masks[used_mask(before)].mask->hole_pixels(), std::size_t(0));

    const JournalRecord bad[] = {masks_record({}, 1), masks_record({{"ghost", {}, 77}}, 77),
                                 masks_record({{"", {}, 1}, {"twin", {}, 1}}, 1),
                                 masks_record({{"large", std::make_shared<const Mask>(30, 30), 8}}, 8)};
    for (const JournalRecord& one : bad) {
        std::vector<JournalRecord> with = records_;
        with.push_back(one);
        QVERIFY_EXCEPTION_THROWN(replayed(with, with.size()), Error);
    }
}

void TestProjectJournal::cutAtEveryByte()
{
    const Bytes bytes = write_journal(records_);
    std::vector<std::size_t> ends{8};
    for (const JournalRecord& record : records_)
        ends.push_back(ends.back() + 17 + record.payload.size());
    QCOMPARE(ends.back(), bytes.size());
    std::size_t whole = 0;
    Project expected;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const ByteSource source = ByteSource::memory(std::span(bytes).first(size), "j");
        if (size < ends[0]) {
            QVERIFY(error_of([&] { read_journal(source); }).startsWith("3: j: is not a journal"));
            continue;
        }
        if (size == ends[whole + 1])
            ++whole;
        const JournalContents contents = read_journal(source);
        QCOMPARE(contents.records.size(), whole); // all but the one that was cut
        QCOMPARE(contents.unread, std::uint64_t(size - ends[whole]));
        if (size == ends[whole] && whole > 1) { // what they tell is what was done until then
            expected = replayed(records_, whole);
            QVERIFY(same_content(replayed(contents.records, whole), expected));
        }
    }
}

void TestProjectJournal::flippedBits()
{
    const Bytes bytes = write_journal(records_);
    for (std::size_t i = 8; i < bytes.size(); ++i) {
        Bytes damaged = bytes;
        damaged[i] ^= std::uint8_t(1 << (i % 8));
        const JournalContents contents = read_journal(ByteSource::memory(damaged, "j"));
        QVERIFY2(contents.records.size() < records_.size(), "the damage was noticed");
        QVERIFY(equal(contents.records, std::span(records_).first(contents.records.size())));
        QVERIFY(contents.unread > 0);
    }
}

/// As when its figures are known: it takes the place of what was told before, with its mark.
void TestProjectJournal::aCompletionIsToldAgain()
{
    Project project = replayed(records_, records_.size());
    const ProjectSet before = project.sets.at(0);
    QVERIFY(before.set->completions.size() >= 2);
    Completion again = before.set->completions[1];
    again.nearest_gray = 77.5;
    const JournalRecord record = completion_record(before.number, again);
    replay(project, std::span(&record, 1), "j");
    const ProjectSet& after = project.sets[0];
    QCOMPARE(after.set->completions.size(), before.set->completions.size());
    QVERIFY(after.marks == before.marks);
    for (std::size_t i = 0; i < after.set->completions.size(); ++i)
        QVERIFY(same(after.set->completions[i], i == 1 ? again : before.set->completions[i]));
}

void TestProjectJournal::recordsThatDoNotFit_data()
{
    QTest::addColumn<int>("which");
    for (int i = 0; i < 9; ++i)
        QTest::addRow("%d", i) << i;
}

void TestProjectJournal::recordsThatDoNotFit()
{
    QFETCH(int, which);
    const Mask mask(24, 18), large(30, 30);
    JournalRecord unknown = draft_record({}), empty = draft_record({}), cut = draft_record({});
    unknown.kind = RecordKind(77);
    empty.payload.clear();
    cut.payload.resize(cut.payload.size() - 3);
    Completion outside = made_completion(project_.picture, 1);
    outside.patches[0].x = 20;
    Completion other_form = outside;
    other_form.patches[0] = {0, 0, made_picture(6, 5, 1, 8, 1)};
    const JournalRecord bad[] = {mask_record(large, 0, 0),
                                 set_begun_record(1, mask, {}),
                                 completion_record(9, made_completion(project_.picture, 1)),
                                 completion_record(1, outside),
                                 completion_record(1, other_form),
                                 marked_record(1, 3, Mark::Star),
                                 unknown,
                                 empty,
                                 cut};
    Project project = replayed(records_, records_.size());
    const QString error = error_of([&] { replay(project, std::span(&bad[which], 1), "j"); });
    QVERIFY2(error.startsWith("3: j: "), qPrintable(error));
    QVERIFY(same_content(project, project_)); // what was there is still there
    // And nothing makes sense without a picture.
    Project nothing;
    QVERIFY(error_of([&] { replay(nothing, std::span(records_).subspan(2), "j"); }).startsWith("3: j: "));
}

void TestProjectJournal::journalsAreNotOverwritten()
{
    const Bytes before = write_journal(records_);
    const QString error = error_of([&] { JournalWriter again(at("j.lacuna-journal")); });
    QVERIFY2(error.startsWith("6: ") && error.contains("File exists"), qPrintable(error));
    QVERIFY(read_file(at("j.lacuna-journal")) == before);
}

void TestProjectJournal::aFullDiskCostsOneRecord()
{
    const std::size_t all = write_journal(records_).size();
    for (const std::size_t room : {std::size_t(100), all / 3, all / 2, all - 1}) {
        fs::remove(at("full"));
        SharedCounter kept;
        const int code = in_limited_child(room, [&] {
            JournalWriter writer(at("full"));
            int refused = 0;
            for (const JournalRecord& record : records_) {
                const QString error = error_of([&] { writer.append(record); });
                if (!error.isEmpty() && !error.startsWith("6: "))
                    return 51;
                refused += !error.isEmpty();
                *kept += error.isEmpty();
            }
            return refused > 0 ? 0 : 52;
        });
        QCOMPARE(code, 0);
        // Smaller records still fit behind the one that did not; none of the half one is left.
        const JournalContents contents = read_journal(ByteSource::open(at("full")));
        QCOMPARE(int(contents.records.size()), int(*kept));
        QCOMPARE(contents.unread, std::uint64_t(0));
    }
}

void TestProjectJournal::killedAtEverySystemCall()
{
    int kills = 0;
    bool ended = false;
    for (int call = 1; !ended; ++call) {
        fs::remove(at("killed"));
        SharedCounter done;
        ended = run_and_kill_at(call,
                                [&] {
                                    JournalWriter writer(at("killed"));
                                    for (const JournalRecord& record : records_) {
                                        writer.append(record);
                                        ++*done;
                                        writer.sync();
                                    }
                                })
                == KilledChild::Ended;
        kills += !ended;
        if (!fs::exists(at("killed")) || fs::file_size(at("killed")) < 8) {
            QCOMPARE(int(*done), 0);
            continue;
        }
        const JournalContents contents = read_journal(ByteSource::open(at("killed")));
        QCOMPARE(contents.unread, std::uint64_t(0));
        QVERIFY(int(contents.records.size()) >= *done && int(contents.records.size()) <= *done + 1);
        QVERIFY(equal(contents.records, std::span(records_).first(contents.records.size())));
        QVERIFY(!ended || contents.records.size() == records_.size());
    }
    QVERIFY2(kills > int(records_.size()) * 2, qPrintable(QString::number(kills)));
}

void TestProjectJournal::goesOnBehindTheLastGoodRecord()
{
    const Bytes bytes = write_journal({records_.begin(), records_.begin() + 5});
    for (const std::size_t cut : {std::size_t(0), std::size_t(1), std::size_t(30)}) {
        write_file(at("left"), std::span(bytes).first(bytes.size() - cut));
        const std::size_t good = cut == 0 ? 5 : 4;
        {
            const auto writer = JournalWriter::resume(at("left"));
            QCOMPARE(writer->records(), std::uint64_t(good));
            for (std::size_t i = good; i < records_.size(); ++i)
                writer->append(records_[i]);
        }
        const JournalContents contents = read_journal(ByteSource::open(at("left")));
        QCOMPARE(contents.unread, std::uint64_t(0));
        QVERIFY(equal(contents.records, records_));
    }
    QVERIFY(error_of([&] { JournalWriter::resume(at("missing")); }).startsWith("3: "));
}

void TestProjectJournal::recoveryContinuesAProject()
{
    save_project(at("p.lacuna"), project_);
    const JournalBase base{at("p.lacuna").string(), project_.id, project_.revision, project_.picture_name};
    const Mask mask = made_mask(24, 18, 9, 9, 4);
    write_journal({begin_record(base), mask_record(mask, 0, 0), marked_record(4, 0, Mark::Star)});
    const Recovered recovered = recover(at("j.lacuna-journal"));
    QVERIFY2(recovered.note.empty(), recovered.note.c_str());
    QVERIFY(recovered.base == base);
    Project expected = project_;
    expected.masks[0].mask = std::make_shared<const Mask>(mask);
    expected.sets[1].marks[0] = Mark::Star;
    QVERIFY(same(recovered.project, expected));
    // The file of a project that was never saved is not needed.
    write_journal(records_, "new.lacuna-journal");
    QVERIFY(same_content(recover(at("new.lacuna-journal")).project, project_));
}

void TestProjectJournal::recoveryKnowsWhatWasSaved()
{
    save_project(at("p.lacuna"), project_);
    const JournalBase base{at("p.lacuna").string(), project_.id, project_.revision - 1,
                           project_.picture_name};
    write_journal({begin_record(base), mask_record(Mask(24, 18), 0, 0)});
    const Recovered recovered = recover(at("j.lacuna-journal"));
    QVERIFY(QString::fromStdString(recovered.note).contains("saved after these changes"));
    QVERIFY(same(recovered.project, project_));
}

void TestProjectJournal::recoverySaysWhatIsMissing()
{
    const JournalBase base{at("p.lacuna").string(), project_.id, project_.revision, "x"};
    write_journal({begin_record(base)});
    const QString gone = error_of([&] { recover(at("j.lacuna-journal")); });
    QVERIFY2(gone.startsWith("3: ") && gone.contains("p.lacuna"), qPrintable(gone));
    Project other = project_;
    other.id = new_project_id();
    save_project(at("p.lacuna"), other);
    const QString replaced = error_of([&] { recover(at("j.lacuna-journal")); });
    QVERIFY2(replaced.startsWith("3: ") && replaced.contains("has been replaced"), qPrintable(replaced));
    write_journal({begin_record({"", "id", 0, "x"})}, "short.lacuna-journal");
    QVERIFY(error_of([&] { recover(at("short.lacuna-journal")); }).contains("ends before its picture"));
    write_file(at("other.lacuna-journal"), std::string("text"));
    QVERIFY(error_of([&] { recover(at("other.lacuna-journal")); }).contains("is not a journal"));
}

void TestProjectJournal::runningProgramsKeepTheirJournals()
{
    write_journal(records_, "closed.lacuna-journal");
    write_journal(records_, "running.lacuna-journal");
    write_journal(records_, "crashed.lacuna-journal");
    write_file(at("no.lacuna-journal"), std::string("this is none"));
    write_file(at("other.txt"), std::string("x"));
    LockHolder holder;
    const auto lock = LockFile::take(at("running.lacuna-journal"), holder);
    QVERIFY(lock);
    const pid_t child = ::fork(); // takes a lock and dies with it
    if (child == 0) {
        LockHolder other;
        auto taken = LockFile::take(at("crashed.lacuna-journal"), other);
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    const std::vector<LeftJournal> left = find_left_journals(at("."));
    QCOMPARE(left.size(), std::size_t(2));
    for (const LeftJournal& one : left) {
        const bool crashed = one.path.filename() == "crashed.lacuna-journal";
        QVERIFY(crashed || one.path.filename() == "closed.lacuna-journal");
        QCOMPARE(one.crashed, crashed);
        QCOMPARE(one.base.picture_name, project_.picture_name);
        QVERIFY(one.bytes > 1000 && one.changed > 0);
    }
    remove_journal(left[0].path);
    remove_journal(left[1].path);
    QVERIFY(find_left_journals(at(".")).empty());
    QVERIFY(!fs::exists(LockFile::path_for(at("crashed.lacuna-journal"))));
    QVERIFY(fs::exists(at("running.lacuna-journal")));
    QVERIFY(find_left_journals(at("no such folder")).empty());
}

void TestProjectJournal::closedJournalsAreTrimmed()
{
    for (int i = 0; i < 6; ++i) {
        const std::string name = std::to_string(i) + ".lacuna-journal";
        write_journal(records_, name);
        const timespec times[2] = {{1000 + i, 0}, {1000 + i, 0}};
        QVERIFY(::utimensat(AT_FDCWD, at(name).c_str(), times, 0) == 0);
    }
    trim_journals(at("."), 2);
    const std::vector<LeftJournal> left = find_left_journals(at("."));
    QCOMPARE(left.size(), std::size_t(2));
    QVERIFY(left[0].path.filename() == "5.lacuna-journal" && left[1].path.filename() == "4.lacuna-journal");
}

void TestProjectJournal::oneHolder()
{
    LockHolder holder;
    auto lock = LockFile::take(at("p.lacuna"), holder);
    QVERIFY(lock && lock->held());
    const pid_t child = ::fork();
    if (child == 0) {
        LockHolder other;
        const bool refused = !LockFile::take(at("p.lacuna"), other);
        ::_exit(refused && other.pid == ::getppid() && !is_stale(other) ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    QVERIFY(!LockFile::take(at("p.lacuna"), holder));
    const QString text = QString::fromStdString(describe(holder));
    QVERIFY2(text.contains("is open in another window since 20"), qPrintable(text));
    QVERIFY2(text.contains(QString("process %1").arg(::getpid())), qPrintable(text));
    lock.reset();
    QVERIFY(!fs::exists(LockFile::path_for(at("p.lacuna"))));
    QVERIFY(LockFile::take(at("p.lacuna"), holder));
    QCOMPARE(std::distance(fs::directory_iterator(at(".")), {}), std::ptrdiff_t(0)); // nothing else is left
}

void TestProjectJournal::locksOfEndedProcessesAreTakenOver()
{
    const pid_t child = ::fork();
    if (child == 0) {
        LockHolder other;
        auto taken = LockFile::take(at("p.lacuna"), other);
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(is_stale(LockFile::read(at("p.lacuna")).value()));
    LockHolder holder;
    QVERIFY(LockFile::take(at("p.lacuna"), holder));
}

void TestProjectJournal::locksOfOthersStay_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("stale");
    LockHolder holder;
    QTemporaryDir folder;
    const fs::path file = folder.filePath("x").toStdString();
    const auto mine = LockFile::take(file, holder);
    const Bytes bytes = read_file(LockFile::path_for(file));
    const QByteArray text(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
    const LockHolder me = LockFile::read(file).value();
    const auto with = [&](const std::string& from, const std::string& to) {
        return QByteArray(text).replace(QByteArray::fromStdString(from), QByteArray::fromStdString(to));
    };
    QTest::newRow("this process") << text << false;
    QTest::newRow("another computer") << with(me.host, "elsewhere") << false;
    QTest::newRow("this computer before it was started") << with(me.boot, "another start") << true;
    QTest::newRow("a process that had the same number") << with("\"" + me.started + "\"", "\"17\"") << true;
    QTest::newRow("a number that no process has")
        << with("\"pid\": " + std::to_string(me.pid), "\"pid\": 4194999") << true;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("not ours") << QByteArray("held by\x1b[31m me") << false;
}

void TestProjectJournal::locksOfOthersStay()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, stale);
    write_file(LockFile::path_for(at("p.lacuna")), text.toStdString());
    LockHolder holder;
    const auto lock = LockFile::take(at("p.lacuna"), holder);
    QCOMPARE(lock != nullptr, stale);
    if (!stale) {
        QVERIFY(QString::fromStdString(describe(holder)).startsWith("It is open "));
        const Bytes kept = read_file(LockFile::path_for(at("p.lacuna")));
        QVERIFY(std::string(kept.begin(), kept.end()) == text.toStdString());
    }
}

void TestProjectJournal::theLockIsGivenBackAndNoticed()
{
    LockHolder holder;
    auto lock = LockFile::take(at("p.lacuna"), holder);
    write_file(LockFile::path_for(at("p.lacuna")), std::string("another program was here"));
    QVERIFY(!lock->held());
    lock.reset();
    QVERIFY(fs::exists(LockFile::path_for(at("p.lacuna")))); // what is not ours stays
    const QString error = error_of([&] { LockFile::take(at("no folder/p.lacuna"), holder); });
    QVERIFY2(error.startsWith("6: "), qPrintable(error));
}

void TestProjectJournal::manyTakers()
{
    // Processes take the lock again and again, some die with it; never do two have it at once.
    SharedCounter inside, wrong, taken;
    std::vector<pid_t> children;
    for (int c = 0; c < 3; ++c) {
        const pid_t child = ::fork();
        if (child == 0) {
            for (int i = 0; i < 60; ++i) {
                LockHolder holder;
                const auto lock = LockFile::take(at("p.lacuna"), holder);
                if (!lock)
                    continue;
                *wrong += ++*inside != 1;
                ++*taken;
                const bool dies = c == 0 && i == 30;
                --*inside;
                if (dies)
                    ::kill(::getpid(), SIGKILL);
            }
            ::_exit(0);
        }
        children.push_back(child);
    }
    for (const pid_t child : children) {
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
    }
    QCOMPARE(int(*wrong), 0);
    QVERIFY(*taken > 60);
    LockHolder holder;
    QVERIFY(LockFile::take(at("p.lacuna"), holder));
}

QTEST_APPLESS_MAIN(TestProjectJournal)
#include "tst_project_journal.moc"
