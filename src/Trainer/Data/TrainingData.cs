using System.Globalization;
using Granary.Specs;
using Granary.Trainer.Data.Augmentation;
using Granary.Trainer.Data.Sets;

namespace Granary.Trainer.Data;

/// <summary>The pictures of a run, split, limited, resized and augmented as its spec says.</summary>
/// <param name="Train">The training examples, as validation would see them: not augmented.</param>
/// <param name="Valid">The whole validation set.</param>
/// <param name="Classes">Classes.</param>
/// <param name="Normalisation">How their bytes become numbers.</param>
internal sealed record TrainingData(IImageSource Train, IImageSource Valid, int Classes, Normalisation Normalisation)
{
    // Up to here resized pictures are kept; beyond, resizing them again for each batch is the better deal.
    private const long MaxResizedBytes = 256L << 20;

    /// <summary>What each class is called, in the order of the labels; their numbers when the set has no names.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [.. Enumerable.Range(0, Classes).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Makes an epoch's view of the training examples from the run's seed and the epoch; null: they are never augmented.</summary>
    public Func<long, int, IImageSource>? Augment { get; init; }

    /// <summary>Channels of the set's own pictures, 1 or 3; the network may see them converted.</summary>
    public int StoredChannels { get; init; } = Valid.Channels;

    /// <summary>The run's <c>data.presize</c>, in pixels; null: the shorter side fills the picture.</summary>
    public int? Presize { get; init; }

    /// <summary>The training examples as one epoch sees them: with that epoch's augmentation, when the run has any.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public IImageSource OfEpoch(long seed, int epoch) => Augment?.Invoke(seed, epoch) ?? Train;

    /// <summary>Loads what a run asks for.</summary>
    /// <param name="spec">The data of the run.</param>
    /// <param name="channels">Channels that the network wants; null: the set's own.</param>
    /// <exception cref="ArgumentException">There is no such set, or it lacks a setting that it needs.</exception>
    /// <exception cref="InvalidDataException">A file is damaged: the message says which, and where.</exception>
    /// <exception cref="FileNotFoundException">The set's files were not found: the message says where was looked.</exception>
    public static TrainingData Load(DataSpec spec, int? channels = null)
    {
        StoredSet set = LoadStored(spec);
        (IPictureSource train, IPictureSource valid) = Divide(set, spec);
        int size = spec.Resize ?? (train as FixedPictures)?.Images.Size
            ?? throw new ArgumentException($"data.set: {spec.Set} has pictures of many sizes; set data.resize.", nameof(spec));
        int shown = channels ?? train.Channels;
        IImageSource plain = Plain(train, size, spec.Presize);
        return new TrainingData(
            ToChannels(plain, shown), ToChannels(Plain(valid, size, spec.Presize), shown), set.ClassNames.Count, set.Normalisation.For(train.Channels, shown))
        {
            ClassNames = set.ClassNames,
            StoredChannels = train.Channels,
            Presize = spec.Presize,
            Augment = Augmentation(train, plain, size, spec) is { } augment ? (seed, epoch) => ToChannels(augment(seed, epoch), shown) : null,
        };
    }

    /// <summary>
    /// One picture file as this run's validation pictures are: the same part of it, in the same size, grey where the set is grey.
    /// </summary>
    /// <param name="path">A JPEG or PNG file of any size.</param>
    /// <param name="detail">How many times finer than the network sees it, at least 1.</param>
    /// <returns>A set of that picture alone; its label means nothing.</returns>
    /// <exception cref="InvalidDataException">The file is no picture, damaged or too large: the message says how.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ImageSet ReadPicture(string path, int detail = 1)
    {
        IImageSource framed = Plain(new FolderPictures([path], [0]), Valid.Size * detail, Presize * detail);
        // A set of grey pictures shown in three channels never has a colour in it.
        IImageSource shown = ToChannels(ToChannels(framed, StoredChannels), Valid.Channels);
        byte[] pixels = new byte[shown.Channels * shown.Size * shown.Size];
        shown.CopyTo(0, pixels);
        return new ImageSet(path, shown.Channels, shown.Size, pixels, [0]);
    }

    private static StoredSet LoadStored(DataSpec spec) => spec.Set switch
    {
        "fashion-mnist" => IdxSet.FashionMnist.Load(spec.Path),
        "mnist" => IdxSet.Mnist.Load(spec.Path),
        "cifar-10" => CifarSet.Load(CifarLayout.Cifar10, spec.Path),
        "cifar-100" => CifarSet.Load(CifarLayout.Cifar100, spec.Path),
        "folder" => FolderSet.Load(
            spec.Path ?? throw new ArgumentException("data.set: folder needs data.path.", nameof(spec)), needsValid: spec.ValidSplit is null),
        "synthetic" => SyntheticSet.Load(spec.Presize ?? spec.Resize ?? SyntheticSet.DefaultSize),
        _ => throw new ArgumentException(
            $"There is no data set '{spec.Set}'; expected one of {string.Join(", ", DataSets.All.Select(set => set.Name))}.", nameof(spec)),
    };

    private static (IPictureSource Train, IPictureSource Valid) Divide(StoredSet set, DataSpec spec)
    {
        if (spec.ValidSplit is { } share)
        {
            (int[] train, int[] valid) = Permutation.Split(set.Train.Count, share, spec.Limit);
            return (set.Train.Select(train), set.Train.Select(valid));
        }

        IPictureSource limited = spec.Limit is null ? set.Train : set.Train.Select(Permutation.Subset(set.Train.Count, spec.Limit));
        return (limited, set.Valid!);
    }

    // As validation sees them: the middle square, resized.
    private static IImageSource Plain(IPictureSource pictures, int size, int? presize)
    {
        if (presize is null && pictures is FixedPictures { Images: var images } && images.Size == size)
            return images;
        var view = new FramedView(pictures, new Framing { Size = size, Presize = presize });
        bool keep = pictures is FixedPictures && (long)view.Count * view.Channels * size * size <= MaxResizedBytes;
        return keep ? ImageSet.Keep("resized", view) : view;
    }

    private static Func<long, int, IImageSource>? Augmentation(IPictureSource train, IImageSource plain, int size, DataSpec spec)
    {
        AugmentationOptions options = AugmentationOptions.Of(spec);
        var framing = new Framing
        {
            Size = size,
            Presize = spec.Presize,
            RandomPlace = spec.Presize is not null,
            RandomResizedCrop = spec.RandomResizedCrop,
            Rotate = spec.Rotate,
        };
        bool framed = framing.RandomPlace || framing.RandomResizedCrop is not null || framing.Rotate > 0;
        if (options.IsNone && !framed)
            return null;
        return (seed, epoch) =>
        {
            Func<int, Draws> draws = index => Draws.Of(seed, epoch, index);
            IImageSource view = framed ? new FramedView(train, framing, draws) : plain;
            return options.IsNone ? view : new AugmentedView(view, options, draws);
        };
    }

    private static IImageSource ToChannels(IImageSource images, int channels) =>
        images.Channels == channels ? images : new ChannelView(images, channels);
}
