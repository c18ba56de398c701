using Serverless.Banking.Customers;

namespace Serverless.Banking.Profile;

/// <param name="Svg">512 units wide and high.</param>
public sealed record Avatar(string Id, string Albanian, string English, string Svg)
{
    public string NameIn(Language language) => language == Language.English ? English : Albanian;
}

/// <summary>The bank's own pictures that a customer can choose instead of a photo (PROF-02).</summary>
public static class Avatars
{
    public static IReadOnlyList<Avatar> All { get; } =
    [
        Of("eagle", "Shqiponjë", "Eagle", "#b3261e", "M96 176l96 32 64-80 64 80 96-32-64 96 32 112-80-32-48 80-48-80-80 32 32-112z"),
        Of("mountain", "Mal", "Mountain", "#3d5a80", "M64 400l128-224 64 96 48-64 144 192z"),
        Of("sea", "Det", "Sea", "#0077b6", "M64 224c48-48 80-48 128 0s80 48 128 0 80-48 128 0v176H64z"),
        Of("sun", "Diell", "Sun", "#e09f3e", "M256 160a96 96 0 1 0 .1 0zM256 64v48M256 400v48M64 256h48M400 256h48"),
        Of("olive", "Ulli", "Olive", "#588157", "M256 416V160M256 224c-64 0-96-32-96-96 64 0 96 32 96 96zM256 288c64 0 96-32 96-96-64 0-96 32-96 96z"),
        Of("house", "Shtëpi", "House", "#6d597a", "M96 256l160-144 160 144v160H304V304h-96v112H96z"),
        Of("boat", "Varkë", "Boat", "#264653", "M240 96v208H112zM272 144l112 160H272zM96 336h320l-48 80H144z"),
        Of("star", "Yll", "Star", "#9a031e", "M256 80l48 112 120 8-92 78 30 118-106-64-106 64 30-118-92-78 120-8z"),
    ];

    public static Avatar? Find(string id) => All.FirstOrDefault(avatar => avatar.Id == id);

    private static Avatar Of(string id, string albanian, string english, string colour, string path) => new(id, albanian, english, $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512"><rect width="512" height="512" fill="{colour}"/><path d="{path}" fill="#fff" stroke="#fff" stroke-width="12" stroke-linejoin="round"/></svg>
        """);
}
