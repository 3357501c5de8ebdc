using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Granary.Build
{
    /// <summary>
    /// Makes a copy of an ELF library that a system with an older libstdc++ can load, where the library names a symbol version
    /// that the system lacks but uses no symbol of it. Compiled by MSBuild while it builds (tools/build/Native.targets), so it
    /// is written for netstandard2.0 and lives in one file.
    /// </summary>
    public sealed class LoadableOnOlderSystems : Task
    {
        /// <summary>The library as its package has it. It is only read.</summary>
        [Required]
        public string Library { get; set; }

        /// <summary>Where the changed copy goes. It is written only if a change is needed.</summary>
        [Required]
        public string Copy { get; set; }

        /// <summary>The library whose symbol versions are asked for, such as <c>libstdc++.so.6</c>.</summary>
        [Required]
        public string Provider { get; set; }

        /// <summary>The version that may be missing, such as <c>GLIBCXX_3.4.32</c>.</summary>
        [Required]
        public string Version { get; set; }

        /// <summary>The file to use: <see cref="Copy"/> if the system needs it, otherwise <see cref="Library"/>.</summary>
        [Output]
        public string Loadable { get; set; }

        /// <inheritdoc/>
        public override bool Execute()
        {
            Loadable = Library;
            string provider = FindProvider(Provider);
            if (provider == null || Contains(File.ReadAllBytes(provider), Version))
            {
                return true;
            }

            try
            {
                byte[] file = File.ReadAllBytes(Library);
                if (!ElfVersionNeeds.Weaken(file, Provider, Version))
                {
                    return true;
                }

                if (!File.Exists(Copy) || !File.ReadAllBytes(Copy).SequenceEqual(file))
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(Copy));
                    string unfinished = Copy + ".new";
                    File.WriteAllBytes(unfinished, file);
                    File.Delete(Copy);
                    File.Move(unfinished, Copy);
                }
            }
            catch (InvalidDataException refused)
            {
                Log.LogError("{0}: {1}", Library, refused.Message);
                return false;
            }

            Log.LogMessage(
                MessageImportance.High,
                "granary: {0} asks for {1} of {2}, which {3} is too old to have, and uses no symbol of it; "
                + "the copy that is built in marks that version as optional, so that this system loads it.",
                Path.GetFileName(Library),
                Version,
                Provider,
                provider);
            Loadable = Copy;
            return true;
        }

        private static string FindProvider(string name)
        {
            string[] folders = { "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib", "/lib" };
            return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        }

        private static bool Contains(byte[] file, string version)
        {
            // Version names stand in the string table, each with a zero on both sides.
            byte[] wanted = Encoding.ASCII.GetBytes("\0" + version + "\0");
            for (int at = 0; at + wanted.Length <= file.Length; at++)
            {
                if (file[at + 1] == wanted[1] && Matches(file, at, wanted))
                {
                    return true;
                }
            }

            return false;
        }

        private static bool Matches(byte[] file, int at, byte[] wanted)
        {
            for (int i = 0; i < wanted.Length; i++)
            {
                if (file[at + i] != wanted[i])
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>
    /// The symbol versions that an ELF file needs from other libraries: the section <c>.gnu.version_r</c> (SHT_GNU_verneed), laid out
    /// as in the Linux Standard Base, "Symbol Versioning". Only little-endian 64-bit files are read.
    /// </summary>
    public static class ElfVersionNeeds
    {
        private const uint SectionTypeDynamicSymbols = 11;
        private const uint SectionTypeVersionNeeds = 0x6ffffffe;
        private const uint SectionTypeSymbolVersions = 0x6fffffff;
        private const int SectionHeaderBytes = 64;

        // The loader reports a missing version with this flag instead of refusing the file.
        private const ushort Weak = 2;

        /// <summary>Marks one needed version as weak, in place.</summary>
        /// <param name="file">The whole ELF file.</param>
        /// <param name="library">The library that the version is asked of, such as <c>libstdc++.so.6</c>.</param>
        /// <param name="version">The version's name.</param>
        /// <returns>False if the file does not ask for the version.</returns>
        /// <exception cref="InvalidDataException">
        /// The file is not a sound 64-bit little-endian ELF file, or one of its symbols has the version, so that it could not work without.
        /// </exception>
        public static bool Weaken(byte[] file, string library, string version)
        {
            Reader elf = new Reader(file);
            if (file.Length < 64 || elf.U32(0) != 0x464c457f || file[4] != 2 || file[5] != 1)
            {
                throw new InvalidDataException("not a 64-bit little-endian ELF file; is the package whole?");
            }

            List<Section> sections = ReadSections(elf);
            Section needs = sections.FirstOrDefault(section => section.Type == SectionTypeVersionNeeds);
            if (needs == null)
            {
                return false;
            }

            Section names = At(sections, needs.Link);
            bool found = false;
            long need = needs.Offset;
            for (long count = 0; count < needs.Info; count++)
            {
                needs.Check(need, 16);
                if (elf.Text(names, elf.U32(need + 4)) == library)
                {
                    found |= WeakenIn(elf, sections, needs, names, need, version);
                }

                uint next = elf.U32(need + 12);
                if (next == 0)
                {
                    break;
                }

                need += next;
            }

            return found;
        }

        private static bool WeakenIn(Reader elf, List<Section> sections, Section needs, Section names, long need, string version)
        {
            bool found = false;
            int count = elf.U16(need + 2);
            long entry = need + elf.U32(need + 8);
            for (int i = 0; i < count; i++)
            {
                needs.Check(entry, 16);
                if (elf.Text(names, elf.U32(entry + 8)) == version)
                {
                    RefuseUsed(elf, sections, elf.U16(entry + 6), version);
                    elf.SetU16(entry + 4, (ushort)(elf.U16(entry + 4) | Weak));
                    found = true;
                }

                uint next = elf.U32(entry + 12);
                if (next == 0)
                {
                    break;
                }

                entry += next;
            }

            return found;
        }

        // A symbol that some relocation uses would be missing when it is called. The symbol that GCC 13 puts into every C++ file,
        // _ZSt21ios_base_library_init, is there for its version alone: nothing refers to it.
        private static void RefuseUsed(Reader elf, List<Section> sections, ushort index, string version)
        {
            Section versions = sections.FirstOrDefault(section => section.Type == SectionTypeSymbolVersions);
            Section symbols = sections.FirstOrDefault(section => section.Type == SectionTypeDynamicSymbols);
            if (versions == null || symbols == null)
            {
                throw new InvalidDataException("it asks for symbol versions but has no table of symbols");
            }

            HashSet<long> referenced = ReferencedSymbols(elf, sections);
            Section names = At(sections, symbols.Link);
            for (long symbol = 0; symbol < versions.Size / 2; symbol++)
            {
                if ((elf.U16(versions.Offset + (2 * symbol)) & 0x7fff) != index || !referenced.Contains(symbol))
                {
                    continue;
                }

                symbols.Check(symbols.Offset + (24 * symbol), 24);
                string name = elf.Text(names, elf.U32(symbols.Offset + (24 * symbol)));
                throw new InvalidDataException(
                    $"it calls {name}, which is {version} of a library that is too old here: this system cannot run it; use Debian 13, "
                    + "Ubuntu 24.04 or newer");
            }
        }

        private static HashSet<long> ReferencedSymbols(Reader elf, List<Section> sections)
        {
            const uint RelocationsWithAddends = 4;
            const uint Relocations = 9;
            HashSet<long> symbols = new HashSet<long>();
            foreach (Section section in sections)
            {
                int entry = section.Type == RelocationsWithAddends ? 24 : section.Type == Relocations ? 16 : 0;
                if (entry == 0)
                {
                    continue;
                }

                for (long at = section.Offset; at + entry <= section.Offset + section.Size; at += entry)
                {
                    symbols.Add(elf.U32(at + 12));
                }
            }

            return symbols;
        }

        private static List<Section> ReadSections(Reader elf)
        {
            long table = elf.I64(40);
            int count = elf.U16(60);
            if (elf.U16(58) != SectionHeaderBytes || count == 0)
            {
                throw new InvalidDataException("an ELF file without a table of sections; is the package whole?");
            }

            List<Section> sections = new List<Section>();
            for (int i = 0; i < count; i++)
            {
                long at = table + ((long)i * SectionHeaderBytes);
                Section section = new Section(
                    elf.U32(at + 4), elf.I64(at + 24), elf.I64(at + 32), elf.U32(at + 40), elf.U32(at + 44));
                const uint NoBits = 8;
                if (section.Type != NoBits && section.Type != 0)
                {
                    elf.Check(section.Offset, section.Size);
                }

                sections.Add(section);
            }

            return sections;
        }

        private static Section At(List<Section> sections, uint index)
        {
            return index < sections.Count ? sections[(int)index] : throw new InvalidDataException($"there is no section {index}");
        }

        private sealed class Section
        {
            public Section(uint type, long offset, long size, uint link, uint info)
            {
                Type = type;
                Offset = offset;
                Size = size;
                Link = link;
                Info = info;
            }

            public uint Type { get; }

            public long Offset { get; }

            public long Size { get; }

            public uint Link { get; }

            public uint Info { get; }

            public void Check(long at, long bytes)
            {
                if (at < Offset || bytes > Size || at - Offset > Size - bytes)
                {
                    throw new InvalidDataException($"an entry at byte {at} lies outside its section");
                }
            }
        }

        private sealed class Reader
        {
            private readonly byte[] _file;

            public Reader(byte[] file)
            {
                _file = file;
            }

            public void Check(long at, long bytes)
            {
                if (at < 0 || bytes < 0 || bytes > _file.Length || at > _file.Length - bytes)
                {
                    throw new InvalidDataException($"{bytes} bytes at byte {at} lie outside the file of {_file.Length} bytes");
                }
            }

            public ushort U16(long at)
            {
                Check(at, 2);
                return (ushort)(_file[at] | (_file[at + 1] << 8));
            }

            public uint U32(long at)
            {
                return U16(at) | ((uint)U16(at + 2) << 16);
            }

            public long I64(long at)
            {
                return (long)(U32(at) | ((ulong)U32(at + 4) << 32));
            }

            public void SetU16(long at, ushort value)
            {
                Check(at, 2);
                _file[at] = (byte)value;
                _file[at + 1] = (byte)(value >> 8);
            }

            public string Text(Section names, uint at)
            {
                names.Check(names.Offset + at, 1);
                long start = names.Offset + at;
                long end = start;
                while (end < names.Offset + names.Size && _file[end] != 0)
                {
                    end++;
                }

                return Encoding.ASCII.GetString(_file, (int)start, (int)(end - start));
            }
        }
    }
}
