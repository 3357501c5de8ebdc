using System.Globalization;
using Granary.Specs;

namespace Granary.Trainer.Data;

/// <summary>The pictures of a run, limited and resized as its spec says.</summary>
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

    /// <summary>The training examples as one epoch sees them: with that epoch's augmentation, when the run has any.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public IImageSource OfEpoch(long seed, int epoch) => Augment?.Invoke(seed, epoch) ?? Train;

    /// <summary>Makes an epoch's view of the training examples from the run's seed and the epoch; null: they are never augmented.</summary>
    public Func<long, int, IImageSource>? Augment { get; init; }

    /// <summary>Loads what a run asks for.</summary>
    /// <param name="spec">The data of the run.</param>
    /// <param name="channels">Channels of the pictures that the network sees; null: as stored.</param>
    /// <exception cref="ArgumentException">There is no such set, or its pictures cannot have that many channels.</exception>
    /// <exception cref="InvalidDataException">A file is damaged: the message says which, and where.</exception>
    /// <exception cref="FileNotFoundException">The set's files were not found: the message says where was looked.</exception>
    public static TrainingData Load(DataSpec spec, int? channels = null)
    {
        DataSetEntry entry = DataSets.Find(spec.Set)
            ?? throw new ArgumentException(
                $"There is no data set '{spec.Set}'; expected one of {string.Join(", ", DataSets.All.Select(set => set.Name))}.",
                nameof(spec));
        (ImageSet train, ImageSet valid) = entry.Name switch
        {
            "fashion-mnist" => FashionMnist.Load(spec.Path),
            _ => throw new ArgumentException($"The trainer has no reader for the data set '{entry.Name}'.", nameof(spec)),
        };
        if (spec.Limit is not null)
            train = train.Select(Permutation.Subset(train.Count, spec.Limit));
        return new TrainingData(
            Convert(Resize(train, spec.Resize), channels), Convert(Resize(valid, spec.Resize), channels), entry.Classes, Normalisation.UnitRange);
    }

    private static IImageSource Convert(IImageSource source, int? channels) =>
        channels is int wanted && wanted != source.Channels ? new ChannelView(source, wanted) : source;

    private static IImageSource Resize(ImageSet set, int? size)
    {
        if (size is not int to || to == set.Size)
            return set;
        long bytes = (long)set.Count * set.Channels * to * to;
        return bytes <= MaxResizedBytes ? ImageResizer.ResizeAll(set, to) : new ResizedView(set, to);
    }
}
