#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;

namespace Granary.Build;

/// <summary>
/// Makes a copy of an ELF library that a system with an older libstdc++ can load, where the library names a symbol
/// version that the system lacks but uses no symbol of it. MSBuild compiles this file while it builds
/// (tools/build/Native.targets): one file, for netstandard2.0. tests/Build compiles it, too.
/// Why: docs/decisions/0004-debian-12-libstdcxx.md.
/// </summary>
public sealed class LoadableOnOlderSystems : Microsoft.Build.Utilities.Task
{
    /// <summary>The library as its package has it. It is only read.</summary>
    [Required]
    public string Library { get; set; } = "";

    /// <summary>Where the changed copy goes; written only if the system needs it and it is not there yet.</summary>
    [Required]
    public string Copy { get; set; } = "";

    /// <summary>The library whose symbol versions are asked for, such as <c>libstdc++.so.6</c>.</summary>
    [Required]
    public string Provider { get; set; } = "";

    /// <summary>The version that may be missing, such as <c>GLIBCXX_3.4.32</c>.</summary>
    [Required]
    public string Version { get; set; } = "";

    /// <summary>Where the system keeps its 64-bit libraries: the first folder that has the provider counts.</summary>
    public string[] Folders { get; set; } =
        ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib", "/lib"];

    /// <summary>The file to use: <see cref="Copy"/> if the system needs it, otherwise <see cref="Library"/>.</summary>
    [Output]
    public string Loadable { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            Loadable = Choose();
            return true;
        }
        catch (Exception refused) when (refused is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Log.LogError("{0}: {1}", Library, refused.Message);
            return false;
        }
    }

    private string Choose()
    {
        string? provider = Folders.Select(folder => Path.Combine(folder, Provider)).FirstOrDefault(File.Exists);
        if (provider is null || Contains(File.ReadAllBytes(provider), Version))
        {
            return Library;
        }

        byte[] file = File.ReadAllBytes(Library);
        if (!ElfVersionNeeds.Weaken(file, Provider, Version))
        {
            return Library;
        }

        bool isNew = !File.Exists(Copy) || !File.ReadAllBytes(Copy).SequenceEqual(file);
        if (isNew)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Copy))!);
            string unfinished = Copy + ".new";
            File.WriteAllBytes(unfinished, file);
            File.Delete(Copy);
            File.Move(unfinished, Copy);
        }

        // tools/setup.sh passes on what begins with "granary: ".
        Log.LogMessage(
            isNew ? MessageImportance.High : MessageImportance.Low,
            "granary: {0} asks for {1} of {2}, which {3} is too old to have, and uses no symbol of it. "
            + "The build takes a copy of it that marks this version as optional, so that this system loads it.",
            Path.GetFileName(Library),
            Version,
            Provider,
            provider);
        return Copy;
    }

    // Version names stand in the string table, each with a zero on both sides.
    private static bool Contains(byte[] file, string version) =>
        Encoding.GetEncoding("iso-8859-1").GetString(file).Contains("\0" + version + "\0");
}

/// <summary>
/// The symbol versions that an ELF file needs from other libraries: the section <c>.gnu.version_r</c> (SHT_GNU_verneed),
/// laid out as in the Linux Standard Base, "Symbol Versioning". Only little-endian 64-bit files are read.
/// </summary>
public static class ElfVersionNeeds
{
    private const int HeaderBytes = 64;
    private const int SectionHeaderBytes = 64;
    private const int NeedBytes = 16;
    private const int SymbolBytes = 24;
    private const uint TypeStrings = 3;
    private const uint TypeRelocationsWithAddends = 4;
    private const uint TypeRelocations = 9;
    private const uint TypeDynamicSymbols = 11;
    private const uint TypeVersionNeeds = 0x6ffffffe;
    private const uint TypeSymbolVersions = 0x6fffffff;

    // VER_FLG_WEAK: the loader goes on without a version that has it.
    private const ushort Weak = 2;

    // The highest bit of a symbol's version says "hidden".
    private const ushort VersionIndex = 0x7fff;

    /// <summary>Marks one needed version as weak, in place. What is refused stays as it was.</summary>
    /// <param name="file">The whole ELF file.</param>
    /// <param name="library">The library that the version is asked of, such as <c>libstdc++.so.6</c>.</param>
    /// <param name="version">The version's name.</param>
    /// <returns>False if the file does not ask for the version.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is not a sound 64-bit little-endian ELF file, or it uses a symbol of that version: it could not work without.
    /// </exception>
    public static bool Weaken(byte[] file, string library, string version)
    {
        Reader elf = new(file);
        List<Section> sections = ReadSections(elf);
        Section? needs = sections.FirstOrDefault(section => section.Type == TypeVersionNeeds);
        if (needs is null)
        {
            return false;
        }

        List<long> entries = FindEntries(elf, needs, Names(sections, needs), library, version);
        if (entries.Count == 0)
        {
            return false;
        }

        RefuseUsed(elf, sections, [.. entries.Select(entry => elf.U16(entry + 6) & VersionIndex)], version);
        foreach (long entry in entries)
        {
            elf.SetU16(entry + 4, (ushort)(elf.U16(entry + 4) | Weak));
        }

        return true;
    }

    // Elfxx_Verneed: version, count, file name, offset of the first entry, offset of the next need.
    // Elfxx_Vernaux: hash, flags, version index, name, offset of the next entry. Both have 16 bytes.
    private static List<long> FindEntries(Reader elf, Section needs, Section names, string library, string version)
    {
        List<long> found = [];
        // Entries that overlap would make a small file long to read: no more of them than the section has room for.
        long left = needs.Size / NeedBytes;
        foreach (long need in Chain(elf, needs, needs.Offset, needs.Info))
        {
            left--;
            bool isAsked = elf.IsText(names, elf.U32(need + 4), library);
            foreach (long entry in Chain(elf, needs, need + elf.U32(need + 8), elf.U16(need + 2)))
            {
                if (--left < 0)
                {
                    throw new InvalidDataException("its table of needed versions has more entries than fit into it");
                }

                if (isAsked && elf.IsText(names, elf.U32(entry + 8), version))
                {
                    found.Add(entry);
                }
            }
        }

        return found;
    }

    // The last field of both kinds says how far on the next one is; 0 ends the chain, as the count does.
    private static IEnumerable<long> Chain(Reader elf, Section needs, long at, long count)
    {
        for (uint next = 1; count > 0 && next > 0; count--)
        {
            needs.Check(at, NeedBytes);
            yield return at;
            next = elf.U32(at + 12);
            at += next;
        }
    }

    // A symbol that some relocation uses would be missing when it is called. The symbol that GCC 13 puts into every C++
    // file, _ZSt21ios_base_library_initv, is there for its version alone: nothing refers to it.
    private static void RefuseUsed(Reader elf, List<Section> sections, HashSet<int> indexes, string version)
    {
        Section? versions = sections.FirstOrDefault(section => section.Type == TypeSymbolVersions);
        Section? symbols = sections.FirstOrDefault(section => section.Type == TypeDynamicSymbols);
        if (versions is null || symbols is null)
        {
            throw new InvalidDataException("it asks for symbol versions but has no table of symbols");
        }

        Section names = Names(sections, symbols);
        foreach (uint symbol in UsedSymbols(elf, sections))
        {
            long at = versions.Offset + (2L * symbol);
            versions.Check(at, 2);
            if (!indexes.Contains(elf.U16(at) & VersionIndex))
            {
                continue;
            }

            long entry = symbols.Offset + ((long)SymbolBytes * symbol);
            symbols.Check(entry, SymbolBytes);
            throw new InvalidDataException(
                $"it uses {elf.Text(names, elf.U32(entry))}, which is {version} of a library that is too old here: "
                + "this system cannot run it; use Debian 13, Ubuntu 24.04 or newer");
        }
    }

    private static HashSet<uint> UsedSymbols(Reader elf, List<Section> sections)
    {
        HashSet<uint> symbols = [];
        long left = elf.Length;
        foreach (Section section in sections)
        {
            if (section.Type is not (TypeRelocations or TypeRelocationsWithAddends))
            {
                continue;
            }

            left -= section.Size;
            if (left < 0)
            {
                throw new InvalidDataException("its tables of relocations are larger than the file");
            }

            int bytes = section.Type == TypeRelocations ? 16 : 24;
            for (long at = section.Offset; at + bytes <= section.Offset + section.Size; at += bytes)
            {
                symbols.Add(elf.U32(at + 12));
            }
        }

        // Entry 0 of the table stands for "no symbol".
        symbols.Remove(0);
        return symbols;
    }

    private static List<Section> ReadSections(Reader elf)
    {
        if (elf.Length < HeaderBytes || elf.U32(0) != 0x464c457f || elf.U16(4) != 0x0102)
        {
            throw new InvalidDataException("not a 64-bit little-endian ELF file; is the package whole?");
        }

        long table = elf.I64(40);
        int count = elf.U16(60);
        if (elf.U16(58) != SectionHeaderBytes || count == 0)
        {
            throw new InvalidDataException("an ELF file without a table of sections; is the package whole?");
        }

        elf.Check(table, (long)count * SectionHeaderBytes);
        List<Section> sections = [];
        for (int i = 0; i < count; i++)
        {
            long at = table + ((long)i * SectionHeaderBytes);
            Section section = new(
                elf.U32(at + 4), elf.I64(at + 24), elf.I64(at + 32), elf.U32(at + 40), elf.U32(at + 44));
            if (section.IsRead)
            {
                elf.Check(section.Offset, section.Size);
            }

            sections.Add(section);
        }

        return sections;
    }

    // The string table of a section.
    private static Section Names(List<Section> sections, Section of)
    {
        Section? names = of.Link < sections.Count ? sections[(int)of.Link] : null;
        return names?.Type == TypeStrings ? names : throw new InvalidDataException($"section {of.Link} has no names");
    }

    private sealed class Section(uint type, long offset, long size, uint link, uint info)
    {
        public uint Type => type;

        public long Offset => offset;

        public long Size => size;

        public uint Link => link;

        public uint Info => info;

        // Sections of the other types may have no bytes in the file.
        public bool IsRead => type is TypeStrings or TypeRelocationsWithAddends or TypeRelocations or TypeDynamicSymbols
            or TypeVersionNeeds or TypeSymbolVersions;

        public void Check(long at, long bytes)
        {
            if (at < offset || bytes > size || at - offset > size - bytes)
            {
                throw new InvalidDataException($"an entry at byte {at} lies outside its section");
            }
        }
    }

    private sealed class Reader(byte[] file)
    {
        public long Length => file.Length;

        public void Check(long at, long bytes)
        {
            if (at < 0 || bytes < 0 || bytes > file.Length || at > file.Length - bytes)
            {
                throw new InvalidDataException($"{bytes} bytes at byte {at} are not in the file of {file.Length} bytes");
            }
        }

        public ushort U16(long at)
        {
            Check(at, 2);
            return (ushort)(file[at] | (file[at + 1] << 8));
        }

        public uint U32(long at) => U16(at) | ((uint)U16(at + 2) << 16);

        public long I64(long at) => (long)(U32(at) | ((ulong)U32(at + 4) << 32));

        public void SetU16(long at, ushort value)
        {
            Check(at, 2);
            file[at] = (byte)value;
            file[at + 1] = (byte)(value >> 8);
        }

        public bool IsText(Section names, uint at, string wanted)
        {
            long start = names.Offset + at;
            names.Check(start, 1);
            return names.Offset + names.Size - start > wanted.Length
                && file[start + wanted.Length] == 0
                && wanted.Select((letter, i) => file[start + i] == letter).All(same => same);
        }

        public string Text(Section names, uint at)
        {
            long start = names.Offset + at;
            names.Check(start, 1);
            int most = (int)Math.Min(names.Offset + names.Size - start, 200);
            int end = Array.IndexOf(file, (byte)0, (int)start, most);
            return Encoding.ASCII.GetString(file, (int)start, end < 0 ? most : end - (int)start);
        }
    }
}
