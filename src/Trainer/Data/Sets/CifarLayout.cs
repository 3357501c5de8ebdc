namespace Granary.Trainer.Data.Sets;

/// <summary>
/// The binary version of CIFAR-10 or CIFAR-100 (Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html): records of one or two label
/// bytes and 3,072 bytes of picture, red, green and blue planes of 32x32, with nothing between them; a file has a fixed number of records.
/// </summary>
/// <param name="Name">The set's name.</param>
/// <param name="ClassNames">What each class is called.</param>
/// <param name="Normalisation">How its bytes become numbers.</param>
/// <param name="TrainFiles">The files of the training part.</param>
/// <param name="ValidFile">The file of the test part.</param>
/// <param name="Labels">Label bytes of a record; the last of them is the class.</param>
/// <param name="TrainRecords">Records of each training file.</param>
/// <param name="ValidRecords">Records of the test file.</param>
/// <param name="Folder">The folder in the published archive.</param>
/// <param name="Archive">The published archive.</param>
internal sealed record CifarLayout(
    string Name,
    IReadOnlyList<string> ClassNames,
    Normalisation Normalisation,
    IReadOnlyList<string> TrainFiles,
    string ValidFile,
    int Labels,
    int TrainRecords,
    int ValidRecords,
    string Folder,
    string Archive)
{
    /// <summary>Height and width of a picture, in pixels.</summary>
    public const int Size = 32;

    /// <summary>Bytes of a picture.</summary>
    public const int PictureBytes = 3 * Size * Size;

    /// <summary>CIFAR-10; mean and standard deviation of its training pixels as widely used (0.4914, 0.4822, 0.4465; 0.2470, 0.2435, 0.2616).</summary>
    public static CifarLayout Cifar10 { get; } = new(
        "cifar-10",
        Sets.ClassNames.Cifar10,
        new Normalisation([0.4914f, 0.4822f, 0.4465f], [0.2470f, 0.2435f, 0.2616f]),
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"],
        "test_batch.bin",
        Labels: 1,
        TrainRecords: 10_000,
        ValidRecords: 10_000,
        "cifar-10-batches-bin",
        "cifar-10-binary.tar.gz");

    /// <summary>CIFAR-100 with its fine labels; mean and standard deviation of its training pixels as widely used.</summary>
    public static CifarLayout Cifar100 { get; } = new(
        "cifar-100",
        Sets.ClassNames.Cifar100,
        new Normalisation([0.5071f, 0.4867f, 0.4408f], [0.2675f, 0.2565f, 0.2761f]),
        ["train.bin"],
        "test.bin",
        Labels: 2,
        TrainRecords: 50_000,
        ValidRecords: 10_000,
        "cifar-100-binary",
        "cifar-100-binary.tar.gz");

    /// <summary>Bytes of a record.</summary>
    public int RecordBytes => Labels + PictureBytes;

    /// <summary>All files.</summary>
    public IEnumerable<string> Files => [.. TrainFiles, ValidFile];

    /// <summary>Records of a file.</summary>
    /// <param name="file">One of <see cref="Files"/>.</param>
    public int RecordsOf(string file) => file == ValidFile ? ValidRecords : TrainRecords;
}
