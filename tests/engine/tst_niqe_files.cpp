// SPDX-License-Identifier: GPL-3.0-or-later
// NIQE: fitted from pictures, and read from published files and hostile ones.
#include <QtTest>

#include <zlib.h>

#include <cmath>
#include <cstring>

#include "engine/checkpoint/crc32.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/evaluation/frechet.h"
#include "engine/fill/preview.h"
#include "engine/metrics/niqe_fit.h"
#include "engine/scenes/examples.h"
#include "engine/scenes/worlds/world.h"
#include "tests/engine/noise.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;

namespace {

void append(std::vector<std::uint8_t>& bytes, std::uint32_t number, int count)
{
    for (int i = 0; i < count; ++i)
        bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

/// A zip file with stored members, as numpy's savez writes it; the local headers leave the sizes to an extra field.
std::vector<std::uint8_t>
zip_of(const std::vector<std::pair<std::string, std::vector<std::uint8_t>>>& members)
{
    std::vector<std::uint8_t> zip, directory;
    for (const auto& [name, bytes] : members) {
        const auto local = static_cast<std::uint32_t>(zip.size());
        const auto size = static_cast<std::uint32_t>(bytes.size());
        const std::uint32_t crc = crc32(0, bytes);
        append(zip, 0x04034b50, 4);
        for (const auto& [number, count] :
             {std::pair{45u, 2}, {0u, 2}, {0u, 2}, {0u, 4}, {crc, 4}, {~0u, 4}, {~0u, 4}})
            append(zip, number, count);
        append(zip, static_cast<std::uint32_t>(name.size()), 2);
        append(zip, 20, 2);
        zip.insert(zip.end(), name.begin(), name.end());
        zip.insert(zip.end(), 20, 0);
        zip.insert(zip.end(), bytes.begin(), bytes.end());
        append(directory, 0x02014b50, 4);
        for (const auto& [number, count] :
             {std::pair{45u, 2}, {45u, 2}, {0u, 2}, {0u, 2}, {0u, 4}, {crc, 4}, {size, 4}, {size, 4}})
            append(directory, number, count);
        append(directory, static_cast<std::uint32_t>(name.size()), 2);
        for (const auto& [number, count] : {std::pair{0u, 4}, {0u, 4}, {0u, 4}, {local, 4}})
            append(directory, number, count);
        directory.insert(directory.end(), name.begin(), name.end());
    }
    const auto begin = static_cast<std::uint32_t>(zip.size());
    zip.insert(zip.end(), directory.begin(), directory.end());
    const auto count = static_cast<std::uint32_t>(members.size());
    append(zip, 0x06054b50, 4);
    for (const auto& [number, width] : {std::pair{0u, 4},
                                        {count, 2},
                                        {count, 2},
                                        {static_cast<std::uint32_t>(directory.size()), 4},
                                        {begin, 4},
                                        {0u, 2}})
        append(zip, number, width);
    return zip;
}

/// The published parameters as one file.
std::vector<std::uint8_t> published_niqe()
{
    const std::string folder = LACUNA_TEST_DATA "/metrics/niqe_";
    return zip_of({{"mu_pris_param.npy", read_file(folder + "mu.npy")},
                   {"cov_pris_param.npy", read_file(folder + "covariance.npy")},
                   {"gaussian_window.npy", read_file(folder + "window.npy")}});
}

using Bytes = std::vector<std::uint8_t>;

/// An element of a MAT-file, padded to 8 bytes.
Bytes mat_element(std::uint32_t type, const Bytes& data)
{
    Bytes element;
    append(element, type, 4);
    append(element, static_cast<std::uint32_t>(data.size()), 4);
    element.insert(element.end(), data.begin(), data.end());
    element.resize((element.size() + 7) / 8 * 8);
    return element;
}

Bytes joined(const std::vector<Bytes>& parts)
{
    Bytes all;
    for (const Bytes& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

/// A variable of doubles, stored column after column.
Bytes mat_variable(const std::string& name, const Tensor& matrix)
{
    Bytes flags, sides, numbers(static_cast<std::size_t>(matrix.numel()) * 8);
    append(flags, 6, 4); // doubles
    append(flags, 0, 4);
    append(sides, static_cast<std::uint32_t>(matrix.size(0)), 4);
    append(sides, static_cast<std::uint32_t>(matrix.size(1)), 4);
    const Tensor columns = matrix.t().contiguous();
    std::memcpy(numbers.data(), columns.data_ptr<double>(), numbers.size());
    return mat_element(14, joined({mat_element(6, flags), mat_element(5, sides),
                                   mat_element(1, {name.begin(), name.end()}), mat_element(9, numbers)}));
}

Bytes mat_compressed(const Bytes& variable)
{
    uLongf size = compressBound(static_cast<uLong>(variable.size()));
    Bytes packed(size), element;
    check(compress(packed.data(), &size, variable.data(), static_cast<uLong>(variable.size())) == Z_OK,
          "zlib compresses");
    packed.resize(size);
    append(element, 15, 4);
    append(element, static_cast<std::uint32_t>(size), 4);
    return joined({element, packed});
}

Bytes mat_file(const std::vector<Bytes>& variables)
{
    Bytes file(124, ' ');
    append(file, 0x0100, 2);
    append(file, 0x4d49, 2); // "IM": little-endian
    return joined({file, joined(variables)});
}

} // namespace

class TestNiqeFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void niqeIsFittedFromPictures();
    void niqeFitRefuses();
    void niqeReadsThePublishedFile();
    void niqeReadsMatFiles_data();
    void niqeReadsMatFiles();
    void matFilesThatLie_data();
    void matFilesThatLie();
    void niqeOfRendersFindsDistortions_data();
    void niqeOfRendersFindsDistortions();
};

void TestNiqeFiles::niqeIsFittedFromPictures()
{
    NiqeFit fit;
    const std::vector<std::string> ids = example_ids();
    for (const std::string& id : ids)
        fit.add(niqe_luma(render_example(id).picture, Luma::Yiq));
    const Picture meadow = render_example(ids.front()).picture;
    for (int shift = 1; fit.blocks() < 80; shift += 7) // the same scenes cut elsewhere
        fit.add(niqe_luma(crop(meadow, shift % 67, shift % 61, 700, 450), Luma::Yiq));
    const NiqeModel model = fit.model();
    QCOMPARE(model.mu.numel(), std::int64_t{36});
    QVERIFY(at::allclose(model.covariance, model.covariance.t()));

    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.filePath("niqe.safetensors").toStdString());
    write_niqe_model(file, model, {{"source", "examples"}});
    const NiqeModel read = read_niqe_model(file);
    QVERIFY(at::equal(read.mu, model.mu) && at::equal(read.covariance, model.covariance));
    QVERIFY(at::equal(read.window, model.window));

    // Undistorted is better than noise, by the parameters as they were read.
    const Tensor luma = niqe_luma(meadow, Luma::Yiq);
    const Tensor noisy = (luma + 40 * noise({luma.size(0), luma.size(1)}, 3)).clamp(0, 255).round();
    QVERIFY(niqe(luma, read) + 1 < niqe(noisy, read));
}

void TestNiqeFiles::niqeFitRefuses()
{
    NiqeFit fit;
    QVERIFY_THROWS_EXCEPTION(Error, fit.add(at::zeros({95, 300}, at::kDouble)));
    fit.add(noise({192, 192}, 1).to(at::kDouble) * 30 + 128);
    QCOMPARE(fit.pictures(), 1);
    QCOMPARE(fit.blocks(), 4); // white noise is equally sharp everywhere
    QVERIFY_THROWS_EXCEPTION(Error, fit.model());
    // Only the sharp half of a picture takes part.
    Tensor half = noise({192, 384}, 2).to(at::kDouble) * 30 + 128;
    half.narrow(1, 192, 192).sub_(128).div_(4).add_(128);
    NiqeFit sharp;
    sharp.add(half);
    QCOMPARE(sharp.blocks(), 4);
}

void TestNiqeFiles::niqeReadsThePublishedFile()
{
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.filePath("niqe_pris_params.npz").toStdString());
    const std::vector<std::uint8_t> bytes = published_niqe();
    write_file(file, bytes);
    const NiqeModel model = read_niqe_model(file);
    QVERIFY(std::abs(model.mu.sum().item<double>() - 17.328766) < 1e-6);
    QVERIFY(std::abs(model.mu[18].item<double>() - 2.969494) < 1e-6);
    QVERIFY(std::abs(model.covariance.trace().item<double>() - 1.630919) < 1e-6);
    QVERIFY(at::allclose(model.window, niqe_window(), 0, 1e-7));

    // A file that is cut off, or of which any byte differs, is refused or says what it said before.
    for (std::size_t size = 0; size < bytes.size(); size += 97) {
        write_file(file, std::vector<std::uint8_t>(bytes.begin(), bytes.begin() + std::ptrdiff_t(size)));
        QVERIFY_THROWS_EXCEPTION(Error, read_niqe_model(file));
    }
    int refused = 0;
    for (std::size_t place = 0; place < bytes.size(); place += 41) {
        std::vector<std::uint8_t> spoiled = bytes;
        spoiled[place] ^= 0x41;
        write_file(file, spoiled);
        try {
            QVERIFY(at::equal(read_niqe_model(file).mu, model.mu));
        } catch (const Error&) {
            ++refused;
        }
    }
    QVERIFY(refused > 200);
}

void TestNiqeFiles::niqeReadsMatFiles_data()
{
    QTest::addColumn<bool>("compressed");
    QTest::newRow("plain") << false;
    QTest::newRow("compressed") << true;
}

void TestNiqeFiles::niqeReadsMatFiles()
{
    QFETCH(bool, compressed);
    const QTemporaryDir folder;
    const std::filesystem::path npz = folder.filePath("published.npz").toStdString(),
                                mat = folder.filePath("published.mat").toStdString();
    write_file(npz, published_niqe());
    const NiqeModel model = read_niqe_model(npz);
    std::vector<Bytes> variables{mat_variable("mu_prisparam", model.mu.reshape({1, 36})),
                                 mat_variable("cov_prisparam", model.covariance)};
    if (compressed)
        for (Bytes& variable : variables)
            variable = mat_compressed(variable);
    const Bytes bytes = mat_file(variables);
    write_file(mat, bytes);
    const NiqeParameters read = read_niqe_parameters(mat);
    QVERIFY(at::equal(read.model.mu, model.mu) && at::equal(read.model.covariance, model.covariance));
    QVERIFY(at::allclose(read.model.window, model.window, 0, 1e-7));
    QCOMPARE(niqe_name(read), std::string("NIQE"));

    // Cut at every byte it is refused; of a spoiled one nothing worse is to be expected.
    for (std::size_t size = bytes.size(); size-- > 0;) {
        std::filesystem::resize_file(mat, size);
        QVERIFY_THROWS_EXCEPTION(Error, read_niqe_model(mat));
    }
    int refused = 0;
    for (std::size_t place = 124; place < 500; place += 3) {
        Bytes spoiled = bytes;
        spoiled[place] ^= 0xc1;
        write_file(mat, spoiled);
        try {
            read_niqe_model(mat);
        } catch (const Error&) {
            ++refused;
        }
    }
    QVERIFY(refused > 8);
}

void TestNiqeFiles::matFilesThatLie_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Bytes& bytes, const char* says) {
        QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(bytes.data()),
                                          static_cast<qsizetype>(bytes.size()))
                            << says;
    };
    const auto with = [](Bytes bytes, std::size_t place, std::uint8_t value) {
        bytes[place] = value;
        return bytes;
    };
    const Bytes mu = mat_variable("mu_prisparam", at::ones({1, 36}, at::kDouble));
    const Bytes file = mat_file({mu});
    row("no header", Bytes(127, 'x'), "no MAT-file of level 5");
    row("other text", Bytes(4000, 'x'), "no MAT-file of level 5");
    row("big-endian", with(with(file, 126, 'M'), 127, 'I'), "big-endian");
    row("7.3", with(file, 125, 2), "another version");
    row("only one variable", file, "has no 'cov_prisparam'");
    row("wrong shape", mat_file({mat_variable("mu_prisparam", at::ones({36, 1}, at::kDouble))}),
        "has no 'mu_prisparam' of the right shape");
    row("a side more", with(file, 128 + 8 + 16 + 12, 37), "is not that of its numbers");
    row("a negative side", with(file, 128 + 8 + 16 + 11, 0x80), "is not that of its numbers");
    row("a size beyond the file", with(file, 128 + 7, 0x7f), "ends too early");
    row("a short element of 5 bytes", with(file, 128 + 8 + 2, 5), "more than four bytes");
    row("numbers of no type", with(file, 128 + 8 + 16 + 16 + 24, 14), "holds something else");
    row("no variable", with(file, 128, 9), "no variable");
    row("compressed twice", mat_file({mat_compressed(mat_compressed(mu))}), "no variable");
    row("a damaged stream", with(mat_file({mat_compressed(mu)}), 128 + 8 + 20, 0xff), "cannot be inflated");
    row("20 MB of zeros", mat_file({mat_compressed(Bytes(20 << 20))}), "more than 16 MB");
    row("10 MB of numbers",
        mat_file({mat_compressed(mat_variable("x", at::zeros({10, 1 << 17}, at::kDouble)))}),
        "more than 8 MB of numbers");
    row("2000 empty places", mat_file(std::vector<Bytes>(2001, mat_element(14, {}))),
        "more than 1000 variables");
    row("not finite",
        mat_file({mat_variable("mu_prisparam", at::full({1, 36}, std::nan(""), at::kDouble)),
                  mat_variable("cov_prisparam", at::ones({36, 36}, at::kDouble))}),
        "not finite");
}

void TestNiqeFiles::matFilesThatLie()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("lies.mat").toStdString();
    write_file(file, bytes.toStdString());
    try {
        read_niqe_model(file);
        QFAIL("the file was read");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Input);
        QVERIFY2(QString(error.what()).contains(says), error.what());
    }
}

void TestNiqeFiles::niqeOfRendersFindsDistortions_data()
{
    QTest::addColumn<std::string>("world");
    for (const char* world : {"portraits", "cats", "bedrooms", "skies"})
        QTest::newRow(world) << std::string(world);
}

/// Scenes that the parameters were not fitted on, as they are and distorted.
void TestNiqeFiles::niqeOfRendersFindsDistortions()
{
    QFETCH(std::string, world);
    const NiqeParameters parameters = find_niqe_parameters();
    QVERIFY(niqe_name(parameters) != "NIQE");
    QVERIFY(niqe_note(parameters).find("fitted on Lacuna's renders; not comparable") != std::string::npos);
    const scenes::World& scene = scenes::find_world(world);
    const Picture picture = scene.render(7, scene.draw(7), 384);
    const Tensor luma = niqe_luma(picture, Luma::Yiq);
    const double plain = niqe(luma, parameters.model);
    const Tensor noisy = (luma + 15 * noise({384, 384}, 5).to(at::kDouble)).clamp(0, 255).round();
    const Tensor blocks = at::avg_pool2d(luma.reshape({1, 1, 384, 384}), {8, 8});
    const Tensor blocky = at::upsample_nearest2d(blocks, at::IntArrayRef({384, 384})).reshape({384, 384});
    const Tensor blurred =
        at::avg_pool2d(luma.reshape({1, 1, 384, 384}), {7, 7}, {1, 1}, {3, 3}, false, false)
            .reshape({384, 384});
    for (const Tensor& distorted : {noisy, blocky, blurred})
        QVERIFY(plain < niqe(distorted.contiguous(), parameters.model));
}

QTEST_MAIN(TestNiqeFiles)
#include "tst_niqe_files.moc"
