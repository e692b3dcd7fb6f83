// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/train_log.h"

#include <array>
#include <charconv>
#include <fstream>
#include <sstream>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"

namespace lacuna::training {

namespace {

constexpr const char* header = "step,seconds,loss,validation loss,learning rate,pictures/s";

std::string text(double value, int digits)
{
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::general, digits);
    return {buffer.data(), end.ptr};
}

std::string text(const LogLine& line)
{
    return std::to_string(line.step) + "," + text(line.seconds, 8) + "," + text(line.loss, 7) + ","
           + (line.validation_loss ? text(*line.validation_loss, 7) : "") + "," + text(line.learning_rate, 6)
           + "," + text(line.pictures_per_second, 4) + "\n";
}

LogLine parse(const std::string& line, const std::string& file)
{
    std::array<std::optional<double>, 6> fields{};
    std::istringstream in(line);
    std::size_t count = 0;
    for (std::string field; std::getline(in, field, ','); ++count) {
        double value = 0;
        const char* end = field.data() + field.size();
        const bool number = std::from_chars(field.data(), end, value).ptr == end && !field.empty();
        if (count >= fields.size() || (!number && !(field.empty() && count == 3)))
            break;
        if (number)
            fields[count] = value;
    }
    if (count != fields.size())
        throw Error(ErrorKind::Input, file, "holds a line that is not of a training: " + printable(line),
                    "Move it away or choose another folder");
    return {static_cast<std::int64_t>(*fields[0]), *fields[1], *fields[2], fields[3], *fields[4], *fields[5]};
}

} // namespace

TrainLog::TrainLog(const std::filesystem::path& path, std::int64_t step) : path_(path)
{
    std::ifstream file(path);
    std::string line, kept = std::string(header) + "\n";
    if (file && std::getline(file, line) && line != header)
        throw Error(ErrorKind::Input, path.string(), "is not the log of a training",
                    "Move it away or choose another folder");
    while (file && std::getline(file, line) && !file.eof()) { // a last line without an end was cut off
        const LogLine parsed = parse(line, path.string());
        if (parsed.step > step)
            break;
        lines_.push_back(parsed);
        kept += line + "\n";
    }
    write_file(path_, kept);
}

void TrainLog::add(const LogLine& line)
{
    std::ofstream file(path_, std::ios::app);
    file << text(line) << std::flush;
    if (!file)
        throw Error(ErrorKind::Output, path_.string(), "cannot be written",
                    "Make room on the disk and start the same command again", "The last checkpoint is kept.");
    lines_.push_back(line);
}

} // namespace lacuna::training
