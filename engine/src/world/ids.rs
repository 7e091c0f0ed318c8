//! Positions in the world's vectors, one type a kind, so that a room is never looked up among the pools.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident => $field:ident: $of:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position as an index.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id at an index.
            #[must_use]
            pub const fn at(index: usize) -> Self {
                Self(index as u32)
            }
        }

        impl std::ops::Index<$name> for super::World {
            type Output = $of;
            fn index(&self, id: $name) -> &$of {
                &self.$field[id.index()]
            }
        }
    )*};
}

ids! {
    /// A region.
    RegionId => regions: super::Region;
    /// What reaches several sites at once.
    ShockId => shocks: super::Shock;
    /// A building.
    SiteId => sites: super::Site;
    /// A room.
    RoomId => rooms: super::Room;
    /// A power element.
    ElementId => elements: super::Element;
    /// A service.
    ServiceId => services: super::Service;
    /// A pool of servers.
    PoolId => pools: super::Pool;
}

/// A team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TeamId(pub u32);

impl TeamId {
    /// The position as an index into [`super::People::teams`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
