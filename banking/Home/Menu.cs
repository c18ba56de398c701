using System.Collections.Immutable;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Home;

/// <summary>Where an entry of the main menu stands.</summary>
public enum MenuPlace
{
    AvatarIcon,
    MessageIcon,
    BottomRow,
}

public enum MenuItem
{
    Profile,
    NotificationsAndRequests,
    MyFinances,
    Summary,
    History,
    Budget,
    PaymentsAndTransfers,
    Products,
    SmartPay,
}

/// <param name="Items">What it opens into; mostly nothing.</param>
public sealed record MenuEntry(MenuPlace Place, MenuItem Item, ImmutableArray<MenuItem> Items);

/// <summary>The main menu of AUTH-03, in the order in which it is shown.</summary>
public static class Menu
{
    private static readonly ImmutableArray<MenuEntry> Full =
    [
        new(MenuPlace.AvatarIcon, MenuItem.Profile, []),
        new(MenuPlace.MessageIcon, MenuItem.NotificationsAndRequests, []),
        new(MenuPlace.BottomRow, MenuItem.MyFinances, [MenuItem.Summary, MenuItem.History, MenuItem.Budget]),
        new(MenuPlace.BottomRow, MenuItem.PaymentsAndTransfers, []),
        new(MenuPlace.BottomRow, MenuItem.Products, []),
    ];

    private static readonly ImmutableArray<MenuEntry> SmartPay = [new(MenuPlace.BottomRow, MenuItem.SmartPay, [])];

    /// <summary>Whoever may only look has the same menu: bills and tariffs are looked at under payments, too.</summary>
    public static ImmutableArray<MenuEntry> Of(SessionScope scope) => scope == SessionScope.SmartPay ? SmartPay : Full;
}
